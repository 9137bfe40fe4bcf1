/**
 * Downloads every package before any test starts a task: a task downloads what it needs at its first
 * use, and tests kill tasks after seconds.
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
