/**
 * Downloads the packages that only some tasks need, before any test starts a task: it would download
 * them itself, which takes half a minute, and tests kill tasks after seconds.
 *
 * @module
 */
import { ROOT } from "../layers.ts";

interface Lock {
  readonly specifiers: Readonly<Record<string, string>>;
}

async function packagesOf(lock: string): Promise<readonly string[]> {
  const { specifiers }: Lock = JSON.parse(await Deno.readTextFile(ROOT + lock));
  return Object.keys(specifiers);
}

const OPTIONAL = "deno.optional.lock";
const always = await packagesOf("deno.lock");
const packages = (await packagesOf(OPTIONAL)).filter((name) => !always.includes(name));
const { code } = await new Deno.Command("deno", {
  args: ["cache", "-q", `--lock=${OPTIONAL}`, ...packages],
  cwd: ROOT,
}).spawn().status;
Deno.exit(code);
