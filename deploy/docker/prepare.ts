/**
 * Prepares the packages of the image: fetches those that tasks use, drops what none of them loads,
 * and writes `tasks.json`, the tasks without the imports. Deno's task runner downloads every import
 * its caller names, also what only tests need.
 *
 * @module
 */

/** Packages of the tests, and of `docs`, which writes into the project. */
const LEFT_OUT =
  /^npm:(@types\/|axe-core@|fast-check@|pdfkit@|playwright-core@|svg-to-pdfkit@|yaml@)/;

/** Tasks that run the program and are of use where there is only data. */
const LEFT_OUT_TASKS = ["docs", "sample", "mock-api"];

/** Files of packages that are for people, compilers and debuggers. */
const UNUSED_FILE = /\.(map|md|markdown|d\.[cm]?ts)$/;

/** The only parts of duckdb-wasm that `etl/query/duckdb_wasm.js` imports. */
const WASM_USED = /duckdb-(browser-blocking\.cjs|eh\.wasm)$/;

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(path));
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesUnder(path);
    else yield path;
  }
}

function isUnused(path: string): boolean {
  if (UNUSED_FILE.test(path)) return true;
  // The C library of the image is glibc; the package itself must stay, or it is fetched again.
  if (/node-bindings-linux-\w+-musl\//.test(path)) return !path.endsWith("package.json");
  return path.includes("/duckdb-wasm/") && path.includes("/dist/") && !WASM_USED.test(path);
}

const LOCK = "deno.lock";
const { specifiers } = await readJson<{ specifiers: Record<string, string> }>(LOCK);
const names = Object.keys(specifiers).filter((name) => !LEFT_OUT.test(name));
const { success } = await new Deno.Command("deno", {
  args: ["cache", "-q", `--lock=${LOCK}`, "--frozen", ...names],
}).output();
if (!success) throw new Error("Cannot fetch the packages");

for await (const path of filesUnder(`${Deno.env.get("DENO_DIR")}/npm`)) {
  if (isUnused(path)) await Deno.remove(path);
  // Some packages come with files that only their owner may read, and tasks run as somebody else.
  else await Deno.chmod(path, 0o644);
}

const { tasks } = await readJson<{ tasks: Record<string, { command: string }> }>("deno.json");
const kept = Object.entries(tasks).filter(([name, { command }]) =>
  command.includes(" main.ts ") && !LEFT_OUT_TASKS.includes(name)
);
await Deno.writeTextFile("tasks.json", JSON.stringify({ tasks: Object.fromEntries(kept) }));
