/**
 * Makes the input of the benchmark: pages of people, and a Python environment with the peers. Both are
 * made once, in a folder that git ignores.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";

/** Folder for everything the benchmark makes. */
export const WORK = "data/bench";

/** The scripts of the peers. */
export const PEERS = pathOfUrl(new URL("./peers/", import.meta.url));

/** The Python of the peers. */
export const PYTHON = `${WORK}/venv/bin/python`;

/** The peers with their versions, as `duckdb==2.0.0`. */
export const PINS: readonly string[] = Deno.readTextFileSync(`${PEERS}requirements.txt`).trim()
  .split("\n");

/** Returns the pin of a peer. */
export function pinned(name: string): string {
  return PINS.find((pin) => pin.startsWith(`${name}==`))!;
}

/** People on each page. */
const PAGE_SIZE = 5000;

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Makes a file or folder once and renames it when it is complete. */
async function once(path: string, make: (partial: string) => Promise<void>): Promise<string> {
  if (!await exists(path)) {
    const partial = `${path}.partial`;
    await Deno.remove(partial, { recursive: true }).catch(() => {});
    await make(partial);
    await Deno.rename(partial, path);
  }
  return path;
}

/** Makes a folder of pages with this number of people. */
export function makePages(people: number): Promise<string> {
  return once(`${WORK}/pages-${people}`, async (folder) => {
    await Deno.mkdir(folder, { recursive: true });
    for (let page = 1; (page - 1) * PAGE_SIZE < people; page++) {
      const results = Math.min(PAGE_SIZE, people - (page - 1) * PAGE_SIZE);
      const text = syntheticPage({ seed: "bench", page, results, version: "1.4" });
      await Deno.writeTextFile(`${folder}/page-${String(page).padStart(5, "0")}.json`, text);
    }
  });
}

/** Makes a file of the same people, one per line. */
export function makeNdjson(people: number): Promise<string> {
  return once(`${WORK}/people-${people}.ndjson`, async (path) => {
    const pages = await makePages(people);
    const names = await Array.fromAsync(Deno.readDir(pages), ({ name }) => name);
    using file = await Deno.open(path, { write: true, create: true, truncate: true });
    for (const name of names.sort()) {
      const { results } = JSON.parse(await Deno.readTextFile(`${pages}/${name}`));
      const lines = results.map((person: unknown) => JSON.stringify(person) + "\n").join("");
      const bytes = new TextEncoder().encode(lines);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    }
  });
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(program, { args: [...args], stdout: "null" }).output();
  if (!success) throw new Error(`Cannot set up the peers: ${program} ${args.join(" ")} failed`);
}

/** Installs the peers that `peers/requirements.txt` pins. */
export async function installPeers(): Promise<void> {
  await Deno.mkdir(WORK, { recursive: true });
  if (await exists(`${WORK}/venv/installed`)) return;
  await run("python3", ["-m", "venv", "--clear", `${WORK}/venv`]);
  await run(PYTHON, ["-m", "pip", "install", "-q", "-r", `${PEERS}requirements.txt`]);
  await Deno.writeTextFile(`${WORK}/venv/installed`, "");
}
