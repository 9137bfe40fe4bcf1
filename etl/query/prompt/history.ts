// The inputs of earlier sessions, one a line, oldest first; only their owner can read them.
import { DebrError } from "../../common/errors.ts";
import { makeFolder, onDisk, openToWrite, PRIVATE, readIfThere } from "../../load/dataset/mod.ts";

const KEPT = 1000;

/** The inputs of this session and of earlier ones. */
export interface History {
  /** Earlier inputs, newest first. */
  readonly earlier: readonly string[];
  /** Keeps an input exactly as it will be recalled. */
  readonly keep: (input: string) => Promise<void>;
  /** Says where inputs are kept, or why they are not. */
  readonly note: string;
}

async function writeAll(file: Deno.FsFile, lines: readonly string[]): Promise<void> {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Opens the history in a file. Keeps nothing without a file or if it cannot be written. */
export async function openHistory(path?: string): Promise<History> {
  const none = (note: string) => ({ earlier: [], keep: () => Promise.resolve(), note });
  if (path === undefined) return none("History is not kept");
  try {
    await makeFolder(path.replace(/\/?[^/]*$/, "") || ".");
    const text = new TextDecoder().decode(await readIfThere(path));
    const all = text.split("\n").filter((line) => line !== "");
    const lines = all.slice(-KEPT);
    const tooMany = all.length > 2 * KEPT;
    const file = await openToWrite(path, { create: true, append: !tooMany, truncate: tooMany });
    if (Deno.build.os !== "windows") await onDisk(path, () => Deno.chmod(path, PRIVATE));
    if (tooMany) await writeAll(file, lines);
    return {
      earlier: lines.toReversed(),
      // A text with line breaks can be recalled only in its own session.
      keep: async (input) => input.includes("\n") ? undefined : await writeAll(file, [input]),
      note: `History is kept in ${path}`,
    };
  } catch (error) {
    if (!(error instanceof DebrError || error instanceof Deno.errors.NotCapable)) throw error;
    return none(`History is not kept: ${error.message}`);
  }
}
