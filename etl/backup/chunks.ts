// Bytes on their way: measured where nobody knows them yet, compared where somebody does.
import { createHash } from "node:crypto";
import { type Checksum, difference } from "../load/dataset/mod.ts";
import type { Chunks } from "./store.ts";

/** Chunks that are measured while they pass; `measure` is for when the last has. */
interface Measured {
  readonly chunks: Chunks;
  readonly measure: () => Checksum;
}

/** Measures chunks; `onBytes` is told of each. */
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

/**
 * Passes chunks on, the last one only when all are known to be what was expected; else throws what
 * `fault` makes of the difference. So who reads them never sees the end of what is damaged.
 */
export async function* checked(
  chunks: Chunks,
  { expected, fault }: { readonly expected: Checksum; readonly fault: (what: string) => Error },
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

/** Reads chunks to their end. */
export async function drain(chunks: Chunks): Promise<void> {
  for await (const _ of chunks);
}
