/**
 * Writes every kind of file with people below a folder, and prints the modes of all files and folders,
 * also of temporary ones. Runs as a separate process, because a process has one umask.
 *
 * @module
 */
import { findBackup } from "../etl/backup/catalog.ts";
import { openFolder } from "../etl/backup/folder.ts";
import { restoreDataset, verifyDataset } from "../etl/backup/restore_dataset.ts";
import type { Store } from "../etl/backup/store.ts";
import { appendHistory } from "../etl/load/dataset/history.ts";
import { forget } from "../etl/load/dataset/forget.ts";
import { linkOrCopy } from "../etl/load/dataset/files.ts";
import { forgetStaged } from "../etl/run/forget_staged.ts";
import { plan } from "../etl/run/plan.ts";
import { extract } from "../etl/run/run.ts";
import { land } from "../etl/run/land/land.ts";
import { holdIncidents } from "../etl/alert/incident.ts";
import { backUp, NEVER } from "./backup/support.ts";
import { fakeEffects } from "./extracted.ts";
import { fakeApi } from "./fake_api.ts";
import { broken, people, run, source, userIds } from "./load/dataset/support.ts";

const POOL = people(40);
const [path = ""] = Deno.args;
const seen = new Map<string, number>();

/** Records the modes of everything below a folder. */
async function record(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const below = `${folder}/${name}`;
    const found = await Deno.stat(below).catch(() => undefined);
    if (found?.mode != null) seen.set(below, found.mode & 0o777);
    if (isDirectory) await record(below).catch(() => undefined);
  }
}

/** Wraps a store so that every read and write records the modes on the disk. */
function watched(store: Store, folder: string): Store {
  return {
    ...store,
    read: async (name) => {
      await record(folder);
      return await store.read(name);
    },
    write: async (name, chunks, expected) => {
      async function* recorded() {
        for await (const chunk of chunks) {
          yield chunk;
          await record(folder);
        }
      }
      await store.write(name, recorded(), expected);
    },
  };
}

const root = `${path}/out/data`;
await run(path, [[POOL.slice(0, 20)], [[...POOL.slice(20, 25), broken(POOL[25])]]], { root });
await run(path, [[POOL.slice(26, 30)]], { root, mode: "append" });
const [gone = ""] = await userIds(root);
await forget(root, { userIds: [gone], forgetStaged });

// A run that stops before its commit leaves parts, rejects, and pages of an API.
const stopped = await source(path, [[[POOL[30], broken(POOL[31])]]]);
await extract(stopped, { root, maxRejects: { share: 0 } }).catch(() => undefined);
{
  await using api = fakeApi((query) => {
    const page = Number(query.get("page"));
    if (page > 1) return new Response("gone", { status: 404 });
    const info = { seed: "t", results: 20, page, version: "1.4" };
    return Response.json({ results: POOL.slice(0, 20), info });
  });
  const wanted = { source: "api", api: api.url, results: 40, pageSize: 20, seed: "t" };
  const planned = await plan(wanted, fakeEffects(fetch));
  await extract(planned.source, { root, client: planned.client, maxRejects: { share: 1 } })
    .catch(() => undefined);
  await record(`${path}/out`);
  const again = await plan(wanted, fakeEffects(fetch));
  await land(again.source, { out: `${path}/out/raw/api`, client: again.client })
    .catch(() => undefined);
}
await land(await source(path, [[POOL.slice(0, 20)]]), { out: `${path}/out/raw/saved` });
await appendHistory(root, {
  at: "2026-11-28T00:00:00Z",
  stage: "tables",
  passed: true,
  rows: {},
  expectations: {},
  profile: {},
});
using incidents = await holdIncidents(`${root}/alerts`, "nightly");
await incidents.open({ key: "k" } as never).catch(() => undefined);

const store = watched(openFolder(`${path}/out/backups`), `${path}/out`);
await backUp(store, { root });
const entry = await findBackup(store, { id: undefined, fits: () => true });
await verifyDataset({ store, entry, root, signal: NEVER });
await restoreDataset({ store, entry, root: `${path}/out/restored`, signal: NEVER });
// A part of an older version, which did not set its mode.
await Deno.writeTextFile(`${path}/old`, "x", { mode: 0o644 });
await linkOrCopy(`${path}/old`, `${path}/out/linked`);
await record(`${path}/out`);
console.log(JSON.stringify([...seen]));
