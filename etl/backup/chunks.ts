// Measures chunks while they are streamed, or compares them with a checksum.
import { createHash } from "node:crypto";
import { type Checksum, difference } from "../load/dataset/mod.ts";
import type { Chunks } from "./store.ts";

/** Call `measure` after the last chunk. */
interface Measured {
  readonly chunks: Chunks;
  readonly measure: () => Checksum;
}

export function measured(chunks: Chunks, onBytes: (bytes: number) => void = () => {}): Measured {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* pass(): Chunks {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
  }
  return { chunks: pass(), measure: () => ({ bytes, sha256: hash.digest("hex") }) };
}

/** Yields the last chunk only if the checksum matches, so damaged bytes never look complete. */
export async function* checked(
  chunks: Chunks,
  { expected, fault }: { expected: Checksum; fault: (what: string) => Error },
): Chunks {
  const { chunks: passing, measure } = measured(chunks);
  let held: Uint8Array<ArrayBuffer> | undefined;
  for await (const chunk of passing) {
    if (chunk.length === 0) continue;
    if (held !== undefined) yield held;
    held = chunk;
  }
  const what = difference(expected, measure());
  if (what !== undefined) throw fault(what);
  if (held !== undefined) yield held;
}

export async function* abortable(chunks: Chunks, signal: AbortSignal): Chunks {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

export async function drain(chunks: Chunks): Promise<void> {
  for await (const _ of chunks);
}
