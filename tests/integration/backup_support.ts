/**
 * Helpers for the tests of backups: places of each kind, and the commands.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { isId } from "../../etl/backup/place.ts";
import { type Ended, SECRETS } from "./load_support.ts";
import { type ObjectStore, SECRET, startGcs, startS3, storesAvailable } from "./object_stores.ts";

/** Kinds of places for backups. */
export type PlaceKind = "folder" | "s3" | "gs";

/** The kinds that this machine can test. */
export const PLACES: readonly PlaceKind[] = await storesAvailable()
  ? ["folder", "s3", "gs"]
  : ["folder"];

/** A place that one test uses. */
export interface TestPlace {
  /** The URL for `--to` and `--from`. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the objects on this machine. */
  readonly folder: string;
  readonly port: number;
}

const stores = new Map<PlaceKind, ObjectStore>();
let root = "";
let count = 0;

/** Starts the object stores. */
export async function startStores(): Promise<void> {
  root = await Deno.makeTempDir({ prefix: "debr-backups-" });
  if (!PLACES.includes("s3")) return;
  stores.set("s3", await startS3());
  stores.set("gs", await startGcs());
}

/** Stops the object stores. */
export async function stopStores(): Promise<void> {
  for (const store of stores.values()) await store[Symbol.asyncDispose]();
  await Deno.remove(root, { recursive: true });
}

/** Makes a new place. */
export function newPlace(kind: PlaceKind): TestPlace {
  const name = `place-${++count}`;
  const store = stores.get(kind);
  if (store === undefined) {
    return { url: `${root}/${name}`, env: {}, folder: `${root}/${name}`, port: 0 };
  }
  const { url, env, bucket, port } = store;
  return { url: `${url}/${name}`, env, folder: `${bucket}/${name}`, port };
}

/** Options of a command. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `backup` or `restore` as `deno task` does, with only this environment. */
export function start(args: readonly string[], { env = {} }: RunOptions = {}): Deno.ChildProcess {
  const [task = ""] = args;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--lock=deno.lock", `-P=${task}`, "main.ts", ...args],
    env: {
      ...Object.fromEntries(
        ["PATH", "HOME", "NPM_CONFIG_REGISTRY"].flatMap((name) => {
          const value = Deno.env.get(name);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      NO_COLOR: "1",
      // Keeps the cache of packages if a test changes HOME.
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      AWS_EC2_METADATA_DISABLED: "true",
      ...env,
    },
    clearEnv: true,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The secrets that no output may contain. */
export const ALL_SECRETS = [...SECRETS, SECRET, encodeURIComponent(SECRET)];

/** Waits for a command and asserts that its output contains no secret. */
export async function ended(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  for (const secret of ALL_SECRETS) {
    assert(!`${out}${err}`.includes(secret), `Expected no secret in ${out}${err}`);
  }
  return { status: code, out: out!, err: err! };
}

/** Runs a command. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return await ended(start(args, options));
}

/** Runs a command that must succeed and returns its JSON output. */
// deno-lint-ignore no-explicit-any
export async function done(args: readonly string[], options: RunOptions = {}): Promise<any> {
  const { status, out, err } = await run([...args, "--json"], options);
  assertEquals(status, 0, err);
  return JSON.parse(out);
}

/** Lists the states of the backups in a place, the oldest first. */
export async function statesOf({ url, env }: TestPlace): Promise<string[]> {
  const entries = await done(["backup", "--list", "--to", url], { env });
  return entries.map(({ state }: { state: string }) => state);
}

/** Lists the paths of all files below a folder; empty if it is missing. */
export async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) files.push(...await filesBelow(path));
      else files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files;
}

/** Resolves when a folder has this number of complete objects. */
export async function untilSent(folder: string, objects: number): Promise<void> {
  for (let attempt = 0; attempt < 6000; attempt++) {
    const paths = (await filesBelow(folder)).filter((path) => !path.includes(".partial-"));
    if (paths.filter((path) => path.split("/").some(isId)).length >= objects) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`Cannot find enough objects in ${folder}`);
}

/** Asserts that a command fails with an exit code, by default 7, a message and a next step. */
export async function refused(
  args: readonly string[],
  { says, next, status = 7, ...options }: RunOptions & {
    readonly says: string | RegExp;
    readonly next: string;
    readonly status?: number;
  },
): Promise<void> {
  const result = await run(args, options);
  if (typeof says === "string") assertStringIncludes(result.err, says);
  else assertMatch(result.err, says);
  assertStringIncludes(result.err, next);
  assert(!result.err.includes("Unexpected fault"), result.err);
  assertEquals(result.status, status, result.err);
}
