import { assert, assertEquals, assertRejects } from "@std/assert";
import type { BackupSource } from "../../etl/backup/backup.ts";
import { backup } from "../../etl/backup/backup.ts";
import { findBackup, isGood, readCatalog } from "../../etl/backup/catalog.ts";
import { datasetSource } from "../../etl/backup/dataset.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { restoreDataset, verifyDataset } from "../../etl/backup/restore_dataset.ts";
import { openStore } from "../../etl/backup/mod.ts";
import type { Store } from "../../etl/backup/store.ts";
import { DestinationError, UsageError } from "../../etl/common/errors.ts";
import { damageFile } from "../damage.ts";
import { writePeople } from "../load/database/datasets.ts";
import { type Temporary, temporary } from "../temporary.ts";
import { at, backedUp, backUp, NEVER, SAMPLE } from "./support.ts";

async function filesOf(folder: string, below = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    if (name === ".lock" || name === "expectations" || name === "pages") continue;
    const path = below === "" ? name : `${below}/${name}`;
    if (isDirectory) Object.assign(files, await filesOf(folder, path));
    else files[path] = (await Deno.readFile(`${folder}/${path}`)).toBase64();
  }
  return files;
}

async function restoreTo(store: Store, root: string): Promise<void> {
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  await restoreDataset({ store, entry, root, signal: NEVER });
}

Deno.test("a restored dataset equals the original byte for byte, with rejects and history", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  await writePeople(root, { people: 60 });
  await Deno.writeTextFile(`${root}/runs.ndjson`, '{"at":"2026-11-24T00:00:00Z"}\n');
  const store = openFolder(`${folder.path}/backups`);
  await backUp(store, { root });
  await restoreTo(store, `${folder.path}/restored`);
  assertEquals(await filesOf(`${folder.path}/restored`), await filesOf(root));
});

Deno.test("a restore into a folder that is not empty is refused", async () => {
  await using folder = await temporary();
  const { store } = await backedUp(`${folder.path}/backups`);
  for (const name of ["tables", "rejects", ".tables.previous"]) {
    const root = `${folder.path}/${name.replaceAll(".", "")}`;
    await Deno.mkdir(`${root}/${name}`, { recursive: true });
    if (name === ".tables.previous") {
      await Deno.mkdir(`${root}/.tables.next`);
      await Deno.writeTextFile(`${root}/.tables.next/manifest.json`, "{}");
    }
    await assertRejects(() => restoreTo(store, root), DestinationError, "it is not empty");
  }
});

Deno.test("verify leaves no files behind", async () => {
  await using folder = await temporary();
  const { store } = await backedUp(`${folder.path}/backups`);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  const root = `${folder.path}/scratch`;
  await verifyDataset({ store, entry, root, signal: NEVER });
  assertEquals(await Array.fromAsync(Deno.readDir(root)), []);
});

/** Wraps a store so that it fails after this number of objects. */
function failingAfter(store: Store, objects: number): Store {
  let written = 0;
  return {
    ...store,
    write: async (...args) => {
      if (++written > objects) throw new DestinationError("Cannot write: cut", { step: "backup" });
      await store.write(...args);
    },
  };
}

/** Wraps a store so that it records the names of written objects. */
function recording(store: Store, names: string[]): Store {
  const write: Store["write"] = async (name, ...rest) => {
    names.push(name.split("/").slice(1).join("/"));
    await store.write(name, ...rest);
  };
  return { ...store, write };
}

async function interrupted(folder: Temporary, { now, after }: { now: number; after: number }) {
  const store = openFolder(folder.path);
  const cut = failingAfter(store, after);
  await assertRejects(() => backUp(cut, { now: () => now }), DestinationError, "cut");
  const [entry] = await readCatalog(store);
  assertEquals(entry?.state, "unfinished");
  return { store, id: entry!.id, stored: entry!.objects.map(({ name }) => name) };
}

Deno.test("an interrupted backup is not listed as good, and the next one sends only the missing objects", async () => {
  await using folder = await temporary();
  const began = at("2026-11-24T01:00:00Z");
  const { store, id, stored } = await interrupted(folder, { now: began, after: 5 });
  await assertRejects(
    () => findBackup(store, { id: undefined, fits: () => true }),
    DestinationError,
    "none of this kind is complete",
  );
  await assertRejects(
    () => findBackup(store, { id, fits: () => true }),
    DestinationError,
    "is unfinished",
  );
  const sent: string[] = [];
  const { manifest, found } = await backUp(recording(store, sent));
  assertEquals(manifest.id, id);
  assertEquals(found, stored.length);
  assertEquals(sent.filter((name) => stored.includes(name)), []);
  assertEquals(sent.length + stored.length, manifest.objects.length);
  assert((await readCatalog(store)).every(isGood));
});

Deno.test("an interrupted backup fails if the dataset is damaged before it continues", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  await writePeople(root, { people: 60 });
  const store = openFolder(`${folder.path}/backups`);
  const path = `${root}/tables/media/part-00001.parquet`;
  const source = await datasetSource(root);
  const failing: BackupSource = {
    ...source,
    send: async (sink) => {
      await source.send(sink);
      throw new Error("interrupted");
    },
  };
  const options = { now: () => Date.now(), signal: NEVER };
  await assertRejects(() => backup(store, failing, options), Error, "interrupted");
  await damageFile(path, "flipped");
  await assertRejects(() => backUp(store, { root }), DestinationError, path);
});

Deno.test("a damaged object of an interrupted backup is sent again", async () => {
  await using folder = await temporary();
  const { store, id, stored } = await interrupted(folder, { now: Date.now(), after: 6 });
  const [first = ""] = stored;
  await Deno.writeTextFile(`${folder.path}/${id}/${first}`, "x", { append: true });
  const { found } = await backUp(store);
  assertEquals(found, stored.length - 1);
  await restoreTo(store, `${folder.path}/restored`);
});

Deno.test("an old interrupted backup is not continued", async () => {
  await using folder = await temporary();
  const { store, id } = await interrupted(folder, { now: Date.now(), after: 5 });
  const later = () => Date.now() + 2.1 * 24 * 60 * 60 * 1000;
  const { manifest, found } = await backUp(store, { now: later });
  assert(manifest.id !== id);
  assertEquals(found, 0);
});

Deno.test("concurrent backups of the same dataset become one complete backup", async () => {
  await using folder = await temporary();
  const store = openFolder(folder.path);
  const now = at("2026-11-24T01:00:00Z");
  let clock = now;
  // Each records a different time, so the manifests differ.
  const results = await Promise.all([1, 2, 3].map(() => backUp(store, { now: () => clock++ })));
  const entries = await readCatalog(store);
  assertEquals(entries.map(({ state }) => state), entries.map(() => "complete"));
  assertEquals(new Set(results.map(({ manifest }) => manifest.id)).size, entries.length);
  await restoreTo(store, `${folder.path}/restored`);
});

Deno.test("the second process to finish the same backup keeps the manifest of the first", async () => {
  await using folder = await temporary();
  const store = openFolder(folder.path);
  const source = await datasetSource(SAMPLE);
  const now = at("2026-11-24T01:00:00Z");
  let first: string | undefined;
  const overtaken: BackupSource = {
    ...source,
    send: async (sink) => {
      const sent = await source.send(sink);
      first = (await backUp(store, { now: () => now + 10 })).manifest.ended;
      return sent;
    },
  };
  const { byAnother, manifest } = await backup(store, overtaken, { now: () => now, signal: NEVER });
  assertEquals([byAnother, manifest.ended], [true, first]);
});

Deno.test("a dataset that is damaged or replaced during the backup is not backed up", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  await writePeople(root, { people: 60 });
  const store = openFolder(`${folder.path}/backups`);
  const source = await datasetSource(root);
  await writePeople(root, { people: 50, seed: "another" });
  const options = { now: () => Date.now(), signal: NEVER };
  await assertRejects(() => backup(store, source, options), DestinationError, "just replaced it");
  await Deno.remove(`${root}/tables/logins/part-00001.parquet`);
  await assertRejects(() => backUp(store, { root }), DestinationError, "it is missing");
  assertEquals((await readCatalog(store)).filter(isGood), []);
});

Deno.test("a backup fails if an object disappears before the manifest is written", async () => {
  await using folder = await temporary();
  const store = openFolder(folder.path);
  const source = await datasetSource(SAMPLE);
  const failing: BackupSource = {
    ...source,
    send: async (sink) => {
      const sent = await source.send(sink);
      const [entry] = await readCatalog(store);
      await Deno.remove(`${folder.path}/${entry!.id}/tables/media/part-00001.parquet`);
      return sent;
    },
  };
  const options = { now: () => Date.now(), signal: NEVER };
  await assertRejects(() => backup(store, failing, options), DestinationError, "is missing");
});

Deno.test("Ctrl-C stops a backup and a restore", async () => {
  await using folder = await temporary();
  const { store } = await backedUp(`${folder.path}/backups`);
  const signal = AbortSignal.abort();
  await assertRejects(() => backUp(store, { signal }), DOMException);
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  const root = `${folder.path}/restored`;
  await assertRejects(() => restoreDataset({ store, entry, root, signal }), DOMException);
  assertEquals(await Array.fromAsync(Deno.readDir(root), ({ name }) => name), [".lock"]);
});

Deno.test("encryption is refused for a folder", async () => {
  const place = { kind: "folder", path: "/nowhere" } as const;
  await assertRejects(
    () => openStore(place, { encryption: { kind: "aes256" } }),
    UsageError,
    "a folder has no encryption",
  );
});
