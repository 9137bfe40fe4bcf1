/**
 * What tests of backups share: places of each kind, and the commands.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { isId } from "../../etl/backup/place.ts";
import { type Said, SECRETS } from "./load_support.ts";
import { type ObjectStore, SECRET, startGcs, startS3, storesAvailable } from "./object_stores.ts";

/** Where backups can be. */
export type PlaceKind = "folder" | "s3" | "gs";

/** Those that can be tested. */
export const PLACES: readonly PlaceKind[] = await storesAvailable()
  ? ["folder", "s3", "gs"]
  : ["folder"];

/** A place of its own for a test. */
export interface TestPlace {
  /** What `--to` and `--from` take. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder that holds the objects, in any store. */
  readonly folder: string;
  readonly port: number;
}

const stores = new Map<PlaceKind, ObjectStore>();
let root = "";
let count = 0;

/** Starts the stores. */
export async function startStores(): Promise<void> {
  root = await Deno.makeTempDir({ prefix: "debr-backups-" });
  if (!PLACES.includes("s3")) return;
  stores.set("s3", await startS3());
  stores.set("gs", await startGcs());
}

/** Stops them. */
export async function stopStores(): Promise<void> {
  for (const store of stores.values()) await store[Symbol.asyncDispose]();
  await Deno.remove(root, { recursive: true });
}

/** A new place of a kind. */
export function newPlace(kind: PlaceKind): TestPlace {
  const name = `place-${++count}`;
  const store = stores.get(kind);
  if (store === undefined) {
    return { url: `${root}/${name}`, env: {}, folder: `${root}/${name}`, port: 0 };
  }
  const { url, env, bucket, port } = store;
  return { url: `${url}/${name}`, env, folder: `${bucket}/${name}`, port };
}

/** How to run a command. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `backup` or `restore` as `deno task` does, with no environment but what is given. */
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
      // Packages stay where they are when a test has a home of its own.
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      AWS_EC2_METADATA_DISABLED: "true",
      ...env,
    },
    clearEnv: true,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The secrets that tests look for where they must not be. */
export const ALL_SECRETS = [...SECRETS, SECRET, encodeURIComponent(SECRET)];

/** Waits for a command to end; fails if it said a secret. */
export async function ended(child: Deno.ChildProcess): Promise<Said> {
  const { code, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  for (const secret of ALL_SECRETS) {
    assert(!`${out}${err}`.includes(secret), `Expected no secret in ${out}${err}`);
  }
  return { status: code, out: out!, err: err! };
}

/** Runs a command to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Said> {
  return await ended(start(args, options));
}

/** Runs a command that must do what it is for; gives what `--json` prints. */
// deno-lint-ignore no-explicit-any
export async function done(args: readonly string[], options: RunOptions = {}): Promise<any> {
  const { status, out, err } = await run([...args, "--json"], options);
  assertEquals(status, 0, err);
  return JSON.parse(out);
}

/** States of the backups in a place, oldest first. */
export async function statesOf({ url, env }: TestPlace): Promise<string[]> {
  const entries = await done(["backup", "--list", "--to", url], { env });
  return entries.map(({ state }: { state: string }) => state);
}

/** Paths of all files below a folder; none where there is no folder. */
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

/** Resolves once a folder holds so many whole objects of backups. */
export async function untilSent(folder: string, objects: number): Promise<void> {
  for (let attempt = 0; attempt < 6000; attempt++) {
    const paths = (await filesBelow(folder)).filter((path) => !path.includes(".partial-"));
    if (paths.filter((path) => path.split("/").some(isId)).length >= objects) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`Cannot see a file in ${folder}`);
}

/** Expects a command to end with status 7, or another, and a message with a next step. */
export async function refused(
  args: readonly string[],
  { says, next, status = 7, ...options }: RunOptions & {
    readonly says: string | RegExp;
    readonly next: string;
    readonly status?: number;
  },
): Promise<void> {
  const said = await run(args, options);
  if (typeof says === "string") assertStringIncludes(said.err, says);
  else assertMatch(said.err, says);
  assertStringIncludes(said.err, next);
  assert(!said.err.includes("Unexpected fault"), said.err);
  assertEquals(said.status, status, said.err);
}
