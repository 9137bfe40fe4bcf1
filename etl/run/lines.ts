/**
 * Files of one JSON value a line that grow while a run goes on and survive its end at any moment.
 *
 * @module
 */
import { onDisk } from "../load/dataset/files.ts";

/** Appends a value and waits until it is on the disk. */
export function appendDurable(path: string, value: unknown): Promise<void> {
  return onDisk(path, async () => {
    using file = await Deno.open(path, { append: true, create: true });
    // A line break on both sides: a line that a kill has cut does not spoil the next.
    const bytes = new TextEncoder().encode(`\n${JSON.stringify(value)}\n`);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  });
}

/** Reads the values of such a file; none where it is not there. Leaves out lines that were cut. */
export async function* readLines<T>(path: string): AsyncGenerator<T, void> {
  let text = "";
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const line of text.split("\n")) {
    if (!line.startsWith("{") || !line.endsWith("}")) continue;
    yield JSON.parse(line);
  }
}
