// Writing to disk so that what is there is whole: a file appears under its name only when every
// byte of it is on the disk. What is written holds people: only its owner may read it, whatever the
// umask, where the system has such modes.
import { DestinationError } from "../../common/errors.ts";
import { isSystemFault } from "../../common/system_fault.ts";
import { fromDisk, isMissing } from "./damage.ts";

/** Runs a step that writes; a fault of the disk becomes a `DestinationError` that names the path. */
export async function onDisk<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    throw new DestinationError(`Cannot write ${path}: ${cause.message}`, {
      step: "write",
      next: "code" in cause && cause.code === "EBUSY"
        ? "A mount point cannot be replaced: mount the folder above it instead"
        : "Make room or change permissions, then run the same command again",
      cause,
    });
  }
}

/** Mode of a file that only its owner may read and write. */
export const PRIVATE = 0o600;

/** Makes a folder, and those it lies in, that only its owner may enter; one that is there stays. */
export function makeFolder(path: string): Promise<void> {
  return onDisk(path, () => Deno.mkdir(path, { recursive: true, mode: 0o700 }));
}

/** Opens a file to write it; made now, only its owner may read it. */
export function openToWrite(
  path: string,
  options: Pick<Deno.OpenOptions, "append" | "create" | "createNew" | "truncate">,
): Promise<Deno.FsFile> {
  return onDisk(path, () => Deno.open(path, { write: true, mode: PRIVATE, ...options }));
}

/** Writes a file and waits until it is on the disk. */
export function writeDurable(path: string, bytes: Uint8Array): Promise<void> {
  return onDisk(path, async () => {
    using file = await openToWrite(path, { create: true, truncate: true });
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  });
}

/** Writes a file in place of another: after a crash one of the two is there, and whole. */
export async function replaceDurable(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  await writeDurable(partial, bytes);
  await onDisk(path, () => Deno.rename(partial, path));
  // The new name is on the disk once its folder is; Windows opens no folders.
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path.replace(/[^/]*$/, "."), { read: true });
  await onDisk(path, () => folder.sync());
}

/** Writes text as {@link writeDurable} does. */
export function writeTextDurable(path: string, text: string): Promise<void> {
  return writeDurable(path, new TextEncoder().encode(text));
}

/** Removes a file or folder with all in it; nothing there is fine. */
export async function removeAll(path: string): Promise<void> {
  try {
    await onDisk(path, () => Deno.remove(path, { recursive: true }));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Reads a file; `undefined` where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await fromDisk(path, () => Deno.readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether something is at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await fromDisk(path, () => Deno.lstat(path));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Makes a file appear under a second name: a hard link, or a copy where the disk has no links. */
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
