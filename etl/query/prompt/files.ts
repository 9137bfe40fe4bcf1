import { DebrError, type UsageError } from "../../common/errors.ts";
import { typedPath } from "../../common/path.ts";
import {
  exists,
  makeFolder,
  onDisk,
  openToWrite,
  PRIVATE,
  readIfThere,
  writeAll,
} from "../../load/dataset/mod.ts";
import { usage } from "../errors.ts";

const KEPT = 1000;

export interface History {
  /** Earlier inputs, newest first. */
  readonly earlier: readonly string[];
  readonly keep: (input: string) => Promise<void>;
  /** Says where inputs are kept, or why they are not. */
  readonly note: string;
}

/** Opens the history: one input a line, oldest first. Keeps nothing if it cannot be written. */
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
    const write = (lines: readonly string[]) =>
      writeAll(file, new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
    if (tooMany) await write(lines);
    return {
      earlier: lines.toReversed(),
      // A text with line breaks can be recalled only in its own session.
      keep: async (input) => input.includes("\n") ? undefined : await write([input]),
      note: `History is kept in ${path}`,
    };
  } catch (error) {
    if (!(error instanceof DebrError || error instanceof Deno.errors.NotCapable)) throw error;
    return none(`History is not kept: ${error.message}`);
  }
}

export interface Output {
  readonly path: string;
  readonly write: (chunk: string | Uint8Array) => void;
  readonly close: () => void;
}

function cannot(path: string, why: string): UsageError {
  return usage(`Cannot write ${path}: ${why}`, {
    next: "Give the path of a new file below data/: .output data/result.csv",
  });
}

/** Opens a new file that only its owner can read. Rejects if it exists or cannot be created. */
export async function openOutput(typed: string): Promise<Output> {
  const path = typedPath(typed);
  if (/(?:^|\/)(?:tables|rejects|\.[^/.][^/]*)\//.test(path)) {
    throw cannot(path, "its folder belongs to a dataset");
  }
  try {
    if (await exists(path)) throw cannot(path, "it exists already");
    const file = await openToWrite(path, { createNew: true });
    const encoder = new TextEncoder();
    return {
      path,
      write: (chunk) => {
        const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
        for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      },
      close: () => file.close(),
    };
  } catch (error) {
    const isForbidden = error instanceof Deno.errors.NotCapable;
    throw isForbidden ? cannot(path, "query writes only below data/") : error;
  }
}
