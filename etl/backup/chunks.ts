/**
 * Bytes on their way: measured where nobody knows them yet, compared where somebody does.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Chunks } from "./store.ts";

/** Bytes read from a file at once. */
const CHUNK = 1 << 18;

/** The bytes of a file, which is closed after them. */
export async function* chunksOf(file: Deno.FsFile): Chunks {
  using _ = file;
  for (;;) {
    const chunk = new Uint8Array(CHUNK);
    const read = await file.read(chunk);
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}

/** Size and SHA-256 of bytes. */
export interface Measure {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Chunks that are measured while they pass; `measure` is for when the last has. */
export interface Measured {
  readonly chunks: Chunks;
  readonly measure: () => Measure;
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

/** How what came differs from what was to come. */
function difference(expected: Measure, found: Measure): string | undefined {
  if (found.bytes !== expected.bytes) {
    return `has ${found.bytes} bytes, the manifest says ${expected.bytes}`;
  }
  return found.sha256 === expected.sha256
    ? undefined
    : "has another SHA-256 than the manifest says";
}

/**
 * Passes chunks on, the last one only when all are known to be what was expected; else throws what
 * `fault` makes of the difference. So who reads them never sees the end of what is damaged.
 */
export async function* checked(
  chunks: Chunks,
  { expected, fault }: { readonly expected: Measure; readonly fault: (what: string) => Error },
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
