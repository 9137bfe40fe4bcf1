/**
 * Every way a forgotten person could return through files; tests/integration covers databases.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { findBackup } from "../etl/backup/catalog.ts";
import { openFolder } from "../etl/backup/folder.ts";
import { restoreDataset, verifyDataset } from "../etl/backup/restore_dataset.ts";
import { DestinationError } from "../etl/common/errors.ts";
import { openDataset } from "../etl/load/database/loadable.ts";
import { forget } from "../etl/load/dataset/forget.ts";
import { readForgotten } from "../etl/load/dataset/forgotten.ts";
import { encodeIds, parseId } from "../etl/load/dataset/ids.ts";
import { verify } from "../etl/load/dataset/verify.ts";
import { userId, uuidAt } from "../etl/transform/normalise/identity.ts";
import { validate } from "../etl/transform/validate/person.ts";
import { forgetStaged } from "../etl/run/forget_staged.ts";
import { land } from "../etl/run/land/land.ts";
import { plan } from "../etl/run/plan.ts";
import { replayRejects } from "../etl/run/replay.ts";
import { extract } from "../etl/run/run.ts";
import { backUp, NEVER } from "./backup/support.ts";
import { fakeEffects } from "./extracted.ts";
import {
  broken,
  folder,
  open,
  people,
  rows,
  run,
  source,
  userIds,
} from "./load/dataset/support.ts";

const POOL = people(30);
const FIRST = POOL.slice(0, 20);

/** Id of the first person, who is forgotten. */
const GONE = uuidAt(Uint8Array.fromHex(userId(validate(FIRST[0], "1.4").person!)), 0);

/** A dataset with a backup from before a person was forgotten. */
interface Scenario {
  /** The parent folder of everything below. */
  readonly path: string;
  readonly root: string;
  /** Folder of the backups. */
  readonly backups: string;
}

/** Makes a dataset with a reject, backs it up, and forgets one person. */
async function scenario(path: string): Promise<Scenario> {
  const root = `${path}/data`;
  const backups = `${path}/backups`;
  await run(path, [[[...FIRST, broken(POOL[20])]]]);
  await backUp(openFolder(backups), { root });
  await forget(root, { userIds: [GONE], forgetStaged });
  return { path, root, backups };
}

async function restore({ backups }: Scenario, root: string): Promise<number> {
  const store = openFolder(backups);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  return await restoreDataset({ store, entry, root, signal: NEVER });
}

/** Copies the tables of the backup into the dataset without `restore`. */
async function bringBack({ root, backups }: Scenario): Promise<void> {
  const [{ name } = { name: "" }] = await Array.fromAsync(Deno.readDir(backups));
  await Deno.remove(`${root}/tables`, { recursive: true });
  await copy(`${backups}/${name}/tables`, `${root}/tables`);
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    await (isDirectory ? copy(source, target) : Deno.copyFile(source, target));
  }
}

const replay = (root: string) =>
  replayRejects(root, { plan: (wanted) => plan(wanted, fakeEffects(fetch)) });

/** Ways the person could return; each returns the dataset that must not contain the person. */
const WAYS: Readonly<Record<string, (scenario: Scenario) => Promise<string>>> = {
  "the same pages, in mode replace": async ({ path, root }) => {
    await run(path, [[FIRST]]);
    return root;
  },
  "the same pages, appended": async ({ path, root }) => {
    await run(path, [[POOL]], { mode: "append" });
    return root;
  },
  "landed pages": async ({ path, root }) => {
    await land(await source(path, [[FIRST]]), { out: `${path}/raw` });
    const landed = await plan({ source: `${path}/raw` }, fakeEffects(fetch));
    await extract(landed.source, { root, maxRejects: { share: 1 } });
    return root;
  },
  "a rejected page that was fixed": async ({ root }) => {
    const { manifest } = await open(root);
    const page = manifest.batches[0]!.pages[0]!.page;
    await Deno.writeTextFile(page, JSON.stringify({ results: [...FIRST, FIRST[0]] }));
    assertEquals((await replay(root)).forgotten, 1);
    return root;
  },
  "pages, after the tables were deleted by hand": async ({ path, root }) => {
    await Deno.remove(`${root}/tables`, { recursive: true });
    await run(path, [[FIRST]]);
    return root;
  },
  "restore, into the same dataset": async (scenario) => {
    for (const name of ["tables", "rejects", "runs.ndjson"]) {
      await Deno.remove(`${scenario.root}/${name}`, { recursive: true });
    }
    assertEquals(await restore(scenario, scenario.root), 1);
    return scenario.root;
  },
  "restore, into a folder inside the dataset": async (scenario) => {
    assertEquals(await restore(scenario, `${scenario.root}/restored`), 1);
    return `${scenario.root}/restored`;
  },
  "restore on another machine, of a backup older than the newest": async (scenario) => {
    const { root, backups, path } = scenario;
    const later = Date.now() + 86_400_000;
    await backUp(openFolder(backups), { root, now: () => later });
    const store = openFolder(backups);
    const [{ name: id } = { name: "" }] = (await Array.fromAsync(Deno.readDir(backups)))
      .toSorted((a, b) => a.name < b.name ? -1 : 1);
    const entry = await findBackup(store, { id, fits: () => true });
    const elsewhere = `${path}/elsewhere/data`;
    assertEquals(await restoreDataset({ store, entry, root: elsewhere, signal: NEVER }), 1);
    return elsewhere;
  },
  "tables of the backup copied by hand, then an append": async (scenario) => {
    await bringBack(scenario);
    await run(scenario.path, [[POOL.slice(21)]], { mode: "append" });
    return scenario.root;
  },
  "tables of the backup copied by hand, then an append of no people": async (scenario) => {
    await bringBack(scenario);
    await run(scenario.path, [[FIRST]], { mode: "append" });
    return scenario.root;
  },
  "tables of the backup copied by hand, then a replay": async (scenario) => {
    await bringBack(scenario);
    const { manifest } = await open(scenario.root);
    const page = manifest.batches[0]!.pages[0]!.page;
    await Deno.writeTextFile(page, JSON.stringify({ results: [...FIRST, POOL[20]] }));
    await replay(scenario.root);
    return scenario.root;
  },
  "tables of the backup copied by hand, then forget of another person": async (scenario) => {
    await bringBack(scenario);
    const other = (await userIds(scenario.root)).filter((id) => id !== GONE);
    await forget(scenario.root, { userIds: other.slice(0, 1), forgetStaged });
    return scenario.root;
  },
  "tables of the backup copied by hand, then forget --again": async (scenario) => {
    await bringBack(scenario);
    const { faults } = await verify(scenario.root);
    const forgotten = faults.filter(({ what }) =>
      what.includes("1 person on the list of forgotten people")
    );
    assertEquals(forgotten.length, 1);
    assertEquals(forgotten[0]!.next, { code: "forgotten_returned", data: scenario.root });
    const { removed, already } = await forget(scenario.root, { userIds: [], forgetStaged });
    assertEquals([removed, already], [1, 0]);
    return scenario.root;
  },
};

for (const [way, walk] of Object.entries(WAYS)) {
  Deno.test(`a forgotten person does not return by ${way}`, async () => {
    await using dir = await folder();
    const root = await walk(await scenario(dir.path));
    const ids = await userIds(root);
    assert(ids.length > 10);
    assert(!ids.includes(GONE));
    for (const table of ["logins", "altids"] as const) {
      for (const row of await rows(root, table)) assert(!row.includes(GONE));
    }
    assertEquals((await verify(root)).faults, []);
    const listed = await readForgotten(root, await open(root));
    assert(listed.toHex().includes(GONE.replaceAll("-", "")));
  });
}

/** Returns the rows that `load` would send and the people it would erase. */
async function loaded(root: string): Promise<{ rows: string; erased: string }> {
  const { read, forgotten } = await openDataset(root);
  let text = "";
  for (const table of ["users", "logins", "altids"] as const) {
    for await (const { columns, rows } of read(table)) {
      text += (columns["user_id"] as Uint8Array).subarray(0, rows * 16).toHex();
    }
  }
  return { rows: text, erased: forgotten.toHex() };
}

Deno.test("load sends no forgotten person from copied tables or tables of another engine", async () => {
  await using dir = await folder();
  const made = await scenario(dir.path);
  const id = GONE.replaceAll("-", "");
  await bringBack(made);
  // dbt and Spark write Parquet without a manifest.
  const elt = `${made.root}/elt`;
  await copy(`${made.root}/tables`, `${elt}/tables`);
  await Deno.remove(`${elt}/tables/manifest.json`);
  for (const root of [made.root, elt]) {
    const { rows, erased } = await loaded(root);
    assert(rows.length > 0);
    assert(!rows.includes(id), root);
    assertEquals(erased, id);
  }
});

Deno.test("restore --verify counts people forgotten since the backup and leaves no files", async () => {
  await using dir = await folder();
  const { root, backups } = await scenario(dir.path);
  const store = openFolder(backups);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  const { into, forgotten } = await verifyDataset({ store, entry, root, signal: NEVER });
  assertEquals(forgotten, 1);
  await assertRejects(() => Deno.stat(into), Deno.errors.NotFound);
});

Deno.test("the list of an older version is read from the tables, and the next writer moves it", async () => {
  await using dir = await folder();
  const made = await scenario(dir.path);
  const { root } = made;
  const list = await Deno.readTextFile(`${root}/forgotten.txt`);
  await Deno.remove(`${root}/forgotten.txt`);
  await Deno.writeFile(`${root}/tables/.forgotten.ids`, encodeIds(parseId(GONE)!));
  assertEquals((await verify(root)).faults, []);
  assertEquals((await loaded(root)).erased, GONE.replaceAll("-", ""));
  const store = openFolder(`${dir.path}/old`);
  await backUp(store, { root });
  await run(dir.path, [[FIRST]]);
  assert(!(await userIds(root)).includes(GONE));
  assertEquals(await Deno.readTextFile(`${root}/forgotten.txt`), list);
  const restored = `${dir.path}/restored`;
  assertEquals(await restore({ ...made, backups: `${dir.path}/old` }, restored), 0);
  assertEquals(await Deno.readTextFile(`${restored}/forgotten.txt`), list);
  assert(!(await userIds(restored)).includes(GONE));
});

Deno.test("a lost, cut or changed list stops every command that could bring people back", async () => {
  for (const damage of ["lost", "empty", "cut", "changed", "shortened"]) {
    await using dir = await folder();
    const { root, path } = await scenario(dir.path);
    await forget(root, { userIds: [(await userIds(root))[0]!], forgetStaged });
    const list = `${root}/forgotten.txt`;
    const text = await Deno.readTextFile(list);
    const changed: Record<string, string> = {
      empty: "",
      cut: text.slice(0, -10),
      changed: text.replace(/.\n$/, (end) => (end.startsWith("0") ? "1" : "0") + "\n"),
      shortened: text.replace(/[^\n]+\n$/, ""),
    };
    await (damage === "lost" ? Deno.remove(list) : Deno.writeTextFile(list, changed[damage]!));
    for (const act of [() => run(path, [[FIRST]]), () => openDataset(root), () => replay(root)]) {
      const fault = await assertRejects(act, DestinationError, "forgotten people would return");
      assertEquals(fault.next, { code: "forgotten_lost" });
    }
    const { faults } = await verify(root);
    assertEquals(faults.map(({ file }) => file), [list], damage);
  }
});
