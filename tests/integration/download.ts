/**
 * Downloads every package before the tests, because tests kill tasks after seconds and a task would
 * otherwise download packages first.
 *
 * @module
 */
import { ROOT } from "../layers.ts";
import { retried, run } from "./servers.ts";

const { specifiers }: { specifiers: Readonly<Record<string, string>> } = JSON.parse(
  await Deno.readTextFile(`${ROOT}deno.lock`),
);
const args = ["cache", "-q", "--lock=deno.lock", "--frozen", ...Object.keys(specifiers)];
await retried(() => run("deno", args, { cwd: ROOT }));
