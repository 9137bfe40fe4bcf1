/**
 * Downloads every package before the tests, because tests kill tasks after seconds and a task would
 * otherwise download packages first.
 *
 * @module
 */
import { ROOT } from "../layers.ts";

const { specifiers }: { specifiers: Readonly<Record<string, string>> } = JSON.parse(
  await Deno.readTextFile(`${ROOT}deno.lock`),
);
const { code } = await new Deno.Command("deno", {
  args: ["cache", "-q", "--lock=deno.lock", "--frozen", ...Object.keys(specifiers)],
  cwd: ROOT,
}).spawn().status;
Deno.exit(code);
