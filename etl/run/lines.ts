// Files of one JSON value a line that grow while a run goes on and survive its end at any moment.
import { isSealed, onDisk, openToWrite, readIfThere, sealJson } from "../load/dataset/mod.ts";

/** Appends an object and waits until it is on the disk. */
export function appendDurable(path: string, value: object): Promise<void> {
  return onDisk(path, async () => {
    using file = await openToWrite(path, { append: true, create: true });
    // A line break on both sides: a line that a kill has cut does not spoil the next.
    const bytes = new TextEncoder().encode(`\n${sealJson(value)}\n`);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  });
}

/** Reads the values of such a file; none where it is not there. Leaves out lines that are damaged. */
export async function* readLines<T>(path: string): AsyncGenerator<T, void> {
  const text = new TextDecoder().decode(await readIfThere(path));
  for (const line of text.split("\n")) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch { /* Cut by a kill, or damaged. */ }
    if (isSealed(value)) yield value as T;
  }
}
