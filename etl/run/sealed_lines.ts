// Append-only files of one JSON value per line, which survive a kill at any moment.
import {
  isSealed,
  onDisk,
  openToWrite,
  readIfThere,
  sealJson,
  writeAll,
} from "../load/dataset/mod.ts";

/** Appends a line and waits until it is on the disk. */
export function appendDurable(path: string, value: object): Promise<void> {
  return onDisk(path, async () => {
    using file = await openToWrite(path, { append: true, create: true });
    // Line breaks on both sides, so that a line cut by a kill does not damage the next.
    await writeAll(file, new TextEncoder().encode(`\n${sealJson(value)}\n`));
    await file.syncData();
  });
}

/** Reads lines; missing files are empty, and damaged lines are skipped. */
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
