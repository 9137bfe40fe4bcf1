// Files and folders that may not be there.

/** What a promise gives; `undefined` where the file or folder that it is about does not exist. */
export async function ifThere<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The entries of a folder; none where it does not exist. */
export async function readFolder(folder: string): Promise<readonly Deno.DirEntry[]> {
  return await ifThere(Array.fromAsync(Deno.readDir(folder))) ?? [];
}
