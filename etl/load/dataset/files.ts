// A file gets its name after all bytes are on the disk, and only its owner may read it.
import { DestinationError } from "../../common/errors.ts";
import { unless } from "../../common/missing.ts";
import { isSystemFault } from "../../common/system_fault.ts";
import { fromDisk, isMissing } from "./intact.ts";

export function cannotWrite(
  path: string,
  { cause, step }: { readonly cause: Error; readonly step: string },
): DestinationError {
  return new DestinationError(`Cannot write ${path}: ${cause.message}`, {
    step,
    next: "code" in cause && cause.code === "EBUSY"
      ? "A mount point cannot be replaced: mount the folder above it instead"
      : "Make room or change permissions, then run the same command again",
    cause,
  });
}

export async function onDisk<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw isSystemFault(cause) ? cannotWrite(path, { cause, step: "write" }) : cause;
  }
}

export const PRIVATE = 0o600;

export function makeFolder(path: string): Promise<void> {
  return onDisk(path, () => Deno.mkdir(path, { recursive: true, mode: 0o700 }));
}

export function openToWrite(
  path: string,
  options: Pick<Deno.OpenOptions, "append" | "create" | "createNew" | "truncate">,
): Promise<Deno.FsFile> {
  return onDisk(path, () => Deno.open(path, { write: true, mode: PRIVATE, ...options }));
}

/** Writes all bytes: one call of `write` may write fewer. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

export async function writeChunks(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  using file = await openToWrite(path, { createNew: true });
  // The lock shows that the file is in use. Some network file systems have no locks.
  await file.tryLock(true).catch(() => false);
  for await (const chunk of chunks) await onDisk(path, () => writeAll(file, chunk));
  await onDisk(path, () => file.syncData());
}

export function appendText(path: string, text: string): Promise<void> {
  return onDisk(path, () => Deno.writeTextFile(path, text, { append: true, mode: PRIVATE }));
}

export function writeDurable(path: string, bytes: Uint8Array): Promise<void> {
  return onDisk(path, async () => {
    using file = await openToWrite(path, { create: true, truncate: true });
    await writeAll(file, bytes);
    await file.syncData();
  });
}

/** Replaces a file atomically: after a crash the old or the new file is complete. */
export async function replaceDurable(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  await writeDurable(partial, bytes);
  await onDisk(path, () => Deno.rename(partial, path));
  // Syncing the folder makes the new name durable; Windows cannot open folders.
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path.replace(/[^/]*$/, "."), { read: true });
  await onDisk(path, () => folder.sync());
}

export function writeTextDurable(path: string, text: string): Promise<void> {
  return writeDurable(path, new TextEncoder().encode(text));
}

export async function removeAll(path: string): Promise<void> {
  await unless(isMissing, onDisk(path, () => Deno.remove(path, { recursive: true })));
}

export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return await unless(isMissing, fromDisk(path, () => Deno.readFile(path)));
}

export async function exists(path: string): Promise<boolean> {
  return await unless(isMissing, fromDisk(path, () => Deno.lstat(path))) !== undefined;
}

/** Makes a hard link, or a copy if the disk has no hard links. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await fromDisk(from, () => Deno.lstat(from));
  await onDisk(to, async () => {
    try {
      await Deno.link(from, to);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      await Deno.copyFile(from, to);
      using file = await Deno.open(to, { write: true });
      await file.syncData();
    }
    if (Deno.build.os !== "windows") await Deno.chmod(to, PRIVATE);
  });
}
