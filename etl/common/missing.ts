import { isSystemFault } from "./system_fault.ts";

export async function unless<T>(
  isExpected: (error: unknown) => boolean,
  promise: Promise<T>,
): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** Returns `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a path does not exist, or a parent of it is a file. */
export function isNowhere(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

export async function ifThere<T>(promise: Promise<T>): Promise<T | undefined> {
  return await unless((error) => error instanceof Deno.errors.NotFound, promise);
}

/** Returns `undefined` if the system refuses, as Windows does for the characters of a glob. */
export async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  return await unless(isSystemFault, Deno.stat(path));
}

/** Returns the time of the latest write to any of the files, in milliseconds since 1970. */
export async function lastWritten(files: readonly string[]): Promise<number | undefined> {
  const times = await Promise.all(files.map(async (path) => (await statOf(path))?.mtime));
  const known = times.flatMap((time) => time ? [time.getTime()] : []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Reads a folder; returns an empty list if it does not exist. */
export async function readFolder(folder: string): Promise<readonly Deno.DirEntry[]> {
  return await ifThere(Array.fromAsync(Deno.readDir(folder))) ?? [];
}
