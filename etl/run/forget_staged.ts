// The run builds what is removed here again and excludes forgotten people at its commit.
import {
  decodeIds,
  idKey,
  idKeys,
  IDS_FILE,
  layout,
  readIntact,
  readStaged,
  removeAll,
} from "../load/dataset/mod.ts";
import { DebrError } from "../common/errors.ts";
import { readFolder, unless } from "../common/missing.ts";
import { setUuid, userId } from "../transform/normalise/mod.ts";
import { readSaved } from "../extract/files/local.ts";
import { checkSavedPage } from "../extract/pages/documents.ts";
import { validate } from "../transform/validate/person.ts";

/** Returns true for unreadable data, which may contain anybody. */
async function orHeld(held: Promise<boolean>): Promise<boolean> {
  return await unless((error) => error instanceof DebrError, held) ?? true;
}

async function batchHolds(folder: string, wanted: ReadonlySet<string>): Promise<boolean> {
  const { batch } = await readStaged(folder);
  const ids = decodeIds(await readIntact(`${folder}/${IDS_FILE}`, batch.files.ids));
  return idKeys(ids).some((key) => wanted.has(key));
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
  const { staging } = layout(root);
  const removed: string[] = [];
  for (const { name: run, isDirectory } of await readFolder(staging)) {
    if (!isDirectory) continue;
    const batches = (await readFolder(`${staging}/${run}`))
      .filter(({ name }) => name.startsWith("batch-"));
    for (const { name } of batches) {
      const path = `${staging}/${run}/${name}`;
      if (await orHeld(batchHolds(path, wanted))) removed.push(path);
    }
    for (const { name } of await readFolder(`${staging}/${run}/pages`)) {
      const path = `${staging}/${run}/pages/${name}`;
      if (await orHeld(pageHolds(path, wanted))) removed.push(path);
    }
  }
  for (const path of removed) await removeAll(path);
  return removed.sort();
}
