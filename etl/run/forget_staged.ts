// Removes staged batches and fetched pages that contain forgotten people. The run builds them again
// and excludes these people at its commit.
import {
  decodeIds,
  exists,
  idKey,
  IDS_FILE,
  layout,
  readIntact,
  readStaged,
  removeAll,
} from "../load/dataset/mod.ts";
import { DebrError } from "../common/errors.ts";
import { setUuid, userId } from "../transform/normalise/mod.ts";
import { readSaved } from "../extract/files/local.ts";
import { checkSavedPage } from "../extract/pages/documents.ts";
import { validate } from "../transform/validate/person.ts";

async function list(folder: string): Promise<string[]> {
  if (!await exists(folder) || !(await Deno.stat(folder)).isDirectory) return [];
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.sort().map((name) => `${folder}/${name}`);
}

/** Returns true for unreadable data, which may contain anybody. */
async function orHeld(look: () => Promise<boolean>): Promise<boolean> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DebrError) return true;
    throw error;
  }
}

async function batchHolds(folder: string, wanted: ReadonlySet<string>): Promise<boolean> {
  const { batch } = await readStaged(folder);
  const ids = decodeIds(await readIntact(`${folder}/${IDS_FILE}`, batch.files.ids));
  for (let row = 0; row < ids.length / 16; row++) if (wanted.has(idKey(ids, row))) return true;
  return false;
}

async function pageHolds(path: string, wanted: ReadonlySet<string>): Promise<boolean> {
  // A partial file cannot be read.
  if (!path.endsWith(".json.gz")) return true;
  const { people, version } = checkSavedPage(await readSaved(path), { label: path });
  const bytes = new Uint8Array(16);
  return people.some((found) => {
    const { person } = validate(found, version);
    if (person === undefined) return false;
    setUuid(bytes, { row: 0, uuid: userId(person) });
    return wanted.has(idKey(bytes, 0));
  });
}

/** Removes staged data of these people (`idKey`); returns the paths. */
export async function forgetStaged(root: string, wanted: ReadonlySet<string>): Promise<string[]> {
  const removed: string[] = [];
  for (const run of await list(layout(root).staging)) {
    for (const batch of (await list(run)).filter((path) => /\/batch-[^/]*$/.test(path))) {
      if (await orHeld(() => batchHolds(batch, wanted))) removed.push(batch);
    }
    for (const page of await list(`${run}/pages`)) {
      if (await orHeld(() => pageHolds(page, wanted))) removed.push(page);
    }
  }
  for (const path of removed) await removeAll(path);
  return removed;
}
