/**
 * Damages files as a disk error or a crash does, and runs each command on them.
 *
 * @module
 */
import { openFolder } from "../etl/backup/folder.ts";
import { check } from "../etl/cli/check.ts";
import { run as runCheck } from "../etl/cli/check_run.ts";
import { parseCommand } from "../etl/cli/parse.ts";
import { DebrError } from "../etl/common/errors.ts";
import { openDataset as openLoadable } from "../etl/load/database/loadable.ts";
import { forget } from "../etl/load/dataset/forget.ts";
import { lineageOf } from "../etl/load/dataset/lineage.ts";
import { committedRejects } from "../etl/load/dataset/reject_files.ts";
import { verify } from "../etl/load/dataset/verify.ts";
import { compareParquet } from "../etl/quality/drift/parquet.ts";
import { runQuery } from "../etl/query/run.ts";
import { writeReport } from "../etl/report/mod.ts";
import { forgetStaged } from "../etl/run/forget_staged.ts";
import { plan } from "../etl/run/plan.ts";
import { causesIn } from "../etl/run/rejects.ts";
import { replayRejects } from "../etl/run/replay.ts";
import { extract } from "../etl/run/run.ts";
import { REAL } from "../etl/common/effects.ts";
import { TABLE_NAMES } from "../schema/mod.ts";
import { backUp } from "./backup/support.ts";
import { broken, people, run, source, userIds } from "./load/dataset/support.ts";

/** Kinds of damage to a file. */
export const DAMAGES = ["empty", "cut", "gone", "flipped"] as const;

/** One kind of damage. */
export type Damage = typeof DAMAGES[number];

/** Where a bit is flipped so that the file can still be parsed; by default in the middle. */
export const WHERE: Readonly<Record<string, number | string>> = {
  ids: 0.95,
  manifest: "0001.json",
};

/** Damages a file. `where` is the place of the cut or flipped bit: a share of the length, or a text. */
export async function damageFile(
  path: string,
  damage: Damage,
  where: number | string = 0.5,
): Promise<void> {
  if (damage === "gone") return await Deno.remove(path);
  const bytes = await Deno.readFile(path);
  const at = typeof where === "number"
    ? Math.floor(bytes.length * where)
    : new TextDecoder("latin1").decode(bytes).indexOf(where);
  if (damage === "flipped") bytes[at] = bytes[at]! ^ 4;
  const length = damage === "empty" ? 0 : damage === "cut" ? at : bytes.length;
  // Writes a new file, because a hard link to the old one must not change.
  await Deno.remove(path);
  await Deno.writeFile(path, bytes.subarray(0, length));
}

/** A dataset of two parts with rejects and a forgotten person. */
export interface Intact {
  /** Folder that holds pages and, below it, `data`. */
  readonly dir: string;
  /** Id of a person in the first part. */
  readonly id: string;
}

const POOL = people(40, "damage");

/** Makes an {@link Intact} dataset under a folder. */
export async function makeIntact(dir: string): Promise<Intact> {
  const first = await source(dir, [[[...POOL.slice(0, 12), broken(POOL[12])]]]);
  await extract(first, { root: `${dir}/data`, maxRejects: { share: 1 } });
  await run(dir, [[[...POOL.slice(13, 24), broken(POOL[24])]]], { mode: "append" });
  const [id = "", other = ""] = await userIds(`${dir}/data`);
  await forget(`${dir}/data`, { userIds: [other], forgetStaged });
  // A page that was fixed: its person passes when it is replayed.
  const fixed = JSON.stringify({ results: POOL.slice(0, 13) });
  await Deno.writeTextFile(`${first.request["source"]}/0001.json`, fixed);
  return { dir, id };
}

/** Returns the files of an {@link Intact} dataset by their purpose. */
export async function filesOf(root: string): Promise<Record<string, string>> {
  const [rejects] = await committedRejects(root);
  return {
    ...Object.fromEntries(TABLE_NAMES.map((name) => [name, `tables/${name}/part-00001.parquet`])),
    "second part": "tables/logins/part-00002.parquet",
    ids: "tables/.ids/part-00001.ids",
    manifest: "tables/manifest.json",
    rejects: rejects!.path.slice(root.length + 1),
    forgotten: "forgotten.txt",
    history: "runs.ndjson",
  };
}

const terminal = {
  out: () => {},
  err: () => {},
  input: new ReadableStream<Uint8Array>(),
  isTerminal: { in: false, out: false, err: false },
  columns: () => 80,
  color: false,
};

const signal = new AbortController().signal;

type Work = (root: string, intact: Intact) => Promise<unknown>;

/** Commands that only read. */
export const READERS: Readonly<Record<string, Work>> = {
  query: (data) =>
    runQuery({
      positionals: ["select * from users join logins using (user_id) join altids using (user_id)"],
      file: undefined,
      format: "csv",
      engine: "wasm",
      data,
    } as never, { terminal, signal }),
  check: async (data) => {
    const { values, positionals } = await parseCommand(check, ["--data", data]);
    return await runCheck(values, { terminal, positionals, signal });
  },
  report: (data, { dir }) => writeReport(`${dir}/report.html`, { data }),
  rejects: async (data) => await causesIn(await committedRejects(data)),
  verify: async (data) => (await verify(data)).faults.length > 0 ? 7 : 0,
  lineage: (data, { id }) => lineageOf(data, id),
  load: async (data) => {
    const { read } = await openLoadable(data);
    for (const name of TABLE_NAMES) for await (const _ of read(name));
  },
  drift: async (data) => (await compareParquet(data)).length > 0 ? 6 : 0,
  backup: (data, { dir }) => backUp(openFolder(`${dir}/backups`), { root: data }),
};

/** Commands that write tables. */
export const WRITERS: Readonly<Record<string, Work>> = {
  append: async (root, { dir }) => {
    const pages = await source(dir, [[[...POOL.slice(10, 30), broken(POOL[31])]]]);
    await extract(pages, { root, mode: "append", maxRejects: { share: 1 } });
  },
  forget: (root, { id }) => forget(root, { userIds: [id], forgetStaged }),
  replay: (root) => replayRejects(root, { plan: (wanted) => plan(wanted, REAL) }),
};

/** The exit code and error of a command. */
export interface Ended {
  readonly status: number;
  /** The error, if it failed. */
  readonly error: unknown;
}

/** Runs a command and returns how it ended. */
export async function endOf(work: () => Promise<unknown>): Promise<Ended> {
  try {
    const status = await work();
    return { status: typeof status === "number" ? status : 0, error: undefined };
  } catch (error) {
    return { status: error instanceof DebrError ? error.status : 1, error };
  }
}
