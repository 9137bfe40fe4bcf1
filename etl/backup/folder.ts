// Each object is a file that is renamed after it is synced to the disk.
import {
  checksumOfFile,
  chunksOf,
  DamagedFileError,
  exists,
  makeFolder,
  onDisk,
  writeChunks,
  writeDurable,
} from "../load/dataset/mod.ts";
import { ifThere } from "../common/missing.ts";
import { DestinationError, UsageError } from "../common/errors.ts";
import type { Chunks, Store, Stored, StoreOptions } from "./store.ts";

const PARTIAL = ".partial-";

/** Milliseconds after which an unlocked unfinished file counts as abandoned. */
const UNLOCKED_FOR = 10 * 60 * 1000;

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

async function* filesBelow(root: string, below: string): AsyncGenerator<Stored> {
  const folder = `${root}/${below}`;
  if (!await exists(folder)) return;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = below === "" ? name : `${below}/${name}`;
    if (isDirectory) {
      yield* filesBelow(root, path);
      continue;
    }
    // Another backup may rename a file at any time.
    const found = await ifThere(Deno.stat(`${root}/${path}`));
    if (found === undefined) continue;
    const whole = !name.includes(PARTIAL);
    yield { name: path, bytes: found.size, modified: found.mtime?.getTime() ?? 0, whole };
  }
}

async function writeThen<T>(
  path: string,
  { write, publish }: {
    write: (partial: string) => Promise<void>;
    publish: (partial: string) => Promise<T>;
  },
): Promise<T> {
  await makeFolder(folderOf(path));
  const partial = `${path}${PARTIAL}${crypto.randomUUID().slice(0, 8)}`;
  try {
    await write(partial);
    return await publish(partial);
  } finally {
    await Deno.remove(partial).catch(() => undefined);
  }
}

/** Replaces a file. On Windows this fails while another process has the file open. */
async function replace(partial: string, path: string): Promise<void> {
  try {
    await Deno.rename(partial, path);
  } catch (error) {
    const taken = error instanceof Deno.errors.PermissionDenied && await exists(path) &&
      (await checksumOfFile(path)).sha256 === (await checksumOfFile(partial)).sha256;
    // The file has equal content: a concurrent backup of this dataset wrote it.
    if (!taken) await onDisk(path, () => Promise.reject(error));
  }
}

async function create(path: string, bytes: Uint8Array): Promise<boolean> {
  return await writeThen(path, {
    write: (partial) => writeDurable(partial, bytes),
    publish: async (partial) => {
      if (await exists(path)) return false;
      try {
        // Unlike a rename, a link fails if another writer made the file first.
        await Deno.link(partial, path);
      } catch (error) {
        if (error instanceof Deno.errors.AlreadyExists) return false;
        await onDisk(path, () => Deno.rename(partial, path));
      }
      return true;
    },
  });
}

async function removeWithFolders(root: string, name: string): Promise<void> {
  await ifThere(Deno.remove(`${root}/${name}`));
  for (let folder = folderOf(name); folder !== ""; folder = folderOf(folder)) {
    // Removing a folder that is not empty fails, which ends the loop.
    const removed = await Deno.remove(`${root}/${folder}`).then(() => true, () => false);
    if (!removed) return;
  }
}

async function isAbandoned(path: string, modified: number): Promise<boolean> {
  if (Date.now() - modified < UNLOCKED_FOR) return false;
  using file = await Deno.open(path, { read: true });
  return await file.tryLock(true).catch(() => false);
}

/** Removes unfinished files of killed backups, because they contain personal data. */
async function sweep(root: string): Promise<void> {
  for await (const { name, modified, whole } of filesBelow(root, "")) {
    const abandoned = !whole && await isAbandoned(`${root}/${name}`, modified).catch(() => false);
    if (abandoned) await removeWithFolders(root, name);
  }
}

async function* read(path: string): Chunks {
  try {
    yield* chunksOf(path);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new DestinationError(`Cannot read ${path}: it ${error.what}`, {
      step: "read",
      next: "Run the command as the user who owns the backups, or use another backup",
      cause: error,
    });
  }
}

export function openFolder(root: string, { encryption }: StoreOptions = {}): Store {
  if (encryption !== undefined) {
    throw new UsageError(`Cannot encrypt in ${root}: a folder has no encryption of its own`, {
      step: "place",
      next: { code: "folder_encryption" },
    });
  }
  return {
    label: root,
    sweep: () => onDisk(root, () => sweep(root)),
    list: (prefix) => filesBelow(root, prefix.replace(/\/$/, "")),
    read: async (name) => await exists(`${root}/${name}`) ? read(`${root}/${name}`) : undefined,
    write: (name, chunks) =>
      writeThen(`${root}/${name}`, {
        write: (partial) => writeChunks(partial, chunks),
        publish: (partial) => replace(partial, `${root}/${name}`),
      }),
    create: (name, bytes) => create(`${root}/${name}`, bytes),
    holds: async (name, sha256) =>
      await exists(`${root}/${name}`) &&
      (await checksumOfFile(`${root}/${name}`)).sha256 === sha256,
    remove: async (objects) => {
      for (const { name } of objects) await removeWithFolders(root, name);
    },
  };
}
