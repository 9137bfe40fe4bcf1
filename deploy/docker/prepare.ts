/**
 * Prepares the packages of the image: fetches those of the tasks, deletes files that no task loads,
 * and writes `tasks.json`, which has the tasks without the imports. With imports, Deno's task runner
 * would download packages that only tests need.
 *
 * @module
 */

/** Packages that only the tests and `docs` use. */
const EXCLUDED =
  /^npm:(@types\/|axe-core@|fast-check@|pdfkit@|playwright-core@|svg-to-pdfkit@|yaml@)/;

/** Tasks for developers of debr, which the image omits. */
const EXCLUDED_TASKS = ["docs", "sample", "mock-api"];

/** Files of packages that only people, compilers and debuggers read. */
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
  // The image has glibc. The package.json must stay, or Deno fetches the package again.
  if (/node-bindings-linux-\w+-musl\//.test(path)) return !path.endsWith("package.json");
  return path.includes("/duckdb-wasm/") && path.includes("/dist/") && !WASM_USED.test(path);
}

const LOCK = "deno.lock";
const { specifiers } = await readJson<{ specifiers: Record<string, string> }>(LOCK);
const names = Object.keys(specifiers).filter((name) => !EXCLUDED.test(name));
const { success } = await new Deno.Command("deno", {
  args: ["cache", "-q", `--lock=${LOCK}`, "--frozen", ...names],
}).output();
if (!success) throw new Error("Cannot fetch the packages");

for await (const path of filesUnder(`${Deno.env.get("DENO_DIR")}/npm`)) {
  if (isUnused(path)) await Deno.remove(path);
  // Some packages have files that only their owner can read, but tasks run as another user.
  else await Deno.chmod(path, 0o644);
}

const { tasks } = await readJson<{ tasks: Record<string, { command: string }> }>("deno.json");
const kept = Object.entries(tasks).filter(([name, { command }]) =>
  command.includes(" main.ts ") && !EXCLUDED_TASKS.includes(name)
);
await Deno.writeTextFile("tasks.json", JSON.stringify({ tasks: Object.fromEntries(kept) }));
