import { type Checksum, difference, RunningChecksum } from "../load/dataset/mod.ts";

export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** An object, or an unfinished upload. */
export interface Stored {
  /** `<id of the backup>/<name in it>`. */
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
  /** An unfinished upload can only be removed. */
  readonly whole: boolean;
}

export interface Expected {
  /** The exact size if known, otherwise an upper estimate. */
  readonly bytes: number;
  readonly sha256?: string;
}

/** A store. Every method throws a `DestinationError` if the store reports an error. */
export interface Store {
  readonly label: string;
  /** Removes unfinished objects of killed backups, unless the store expires them. */
  readonly sweep?: () => Promise<void>;
  readonly list: (prefix: string) => AsyncIterable<Stored>;
  readonly read: (name: string) => Promise<Chunks | undefined>;
  /** Writes an object, which appears only after all chunks arrive without an error. */
  readonly write: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Writes a small object unless it exists; returns whether it did. Buckets check atomically. */
  readonly create: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** Returns whether the object was written with this SHA-256. */
  readonly holds: (name: string, sha256: string) => Promise<boolean>;
  /** Removes objects and ignores missing ones. */
  readonly remove: (objects: readonly Pick<Stored, "name" | "whole">[]) => Promise<void>;
}

export interface StoreOptions {
  /** Encryption with the store's own key, or with a key of its key service. */
  readonly encryption?: { kind: "aes256" } | { kind: "kms"; key: string } | undefined;
}

export async function readSmall(store: Store, name: string): Promise<string | undefined> {
  const chunks = await store.read(name);
  return chunks && await new Response(ReadableStream.from(chunks)).text();
}

/** Hashes chunks while they are streamed; call `measure` after the last one. */
export function measured(chunks: Chunks, onBytes?: (bytes: number) => void) {
  const checksum = new RunningChecksum();
  async function* pass(): Chunks {
    for await (const chunk of chunks) {
      checksum.add(chunk);
      onBytes?.(chunk.length);
      yield chunk;
    }
  }
  return { chunks: pass(), measure: () => checksum.finish() };
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

/** Runs tasks concurrently. The first error aborts all, and is thrown after they have ended. */
export async function together<T extends readonly unknown[] | []>(
  signal: AbortSignal,
  tasks: { readonly [K in keyof T]: (signal: AbortSignal) => Promise<T[K]> },
): Promise<T> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const faults: unknown[] = [];
  const results = await Promise.all(tasks.map((task) =>
    task(either).catch((error) => {
      faults.push(error);
      stop.abort();
    })
  ));
  if (faults.length > 0) throw faults[0];
  return results as unknown as T;
}

const FILES_AT_ONCE = 4;

export async function forEachFile<T>(
  files: Iterable<T>,
  { signal, work }: {
    signal: AbortSignal;
    work: (file: T, signal: AbortSignal) => Promise<void>;
  },
): Promise<void> {
  const rest = Iterator.from(files);
  const worker = async (either: AbortSignal) => {
    for (const file of rest) {
      either.throwIfAborted();
      await work(file, either);
    }
  };
  await together(signal, Array.from({ length: FILES_AT_ONCE }, () => worker));
}
