import { EventEmitter } from "node:events";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { unless } from "../common/missing.ts";
import { type BucketPlace, keyIn, placeText } from "./place.ts";
import type { Chunks, Expected, Store, Stored, StoreOptions } from "./store.ts";
import { guarded, statusOf } from "./store_faults.ts";

const VERSION = "8.4.0";

/** Bytes of the upload buffer, from which a broken upload resumes. */
const CHUNK = 16 << 20;

/** The variable that sets another address for Google's own tools. */
const ENDPOINT = "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE";

/** Retries are safe because an object always has the same bytes. */
const RETRY_ALWAYS = 0;

interface File {
  readonly name: string;
  readonly metadata: {
    readonly size: string | number;
    readonly updated: string;
    readonly metadata?: { readonly sha256?: string };
  };
  readonly createReadStream: (options: object) => Chunks;
  readonly createWriteStream: (options: object) => Writable;
  readonly save: (bytes: Uint8Array, options: object) => Promise<void>;
  readonly getMetadata: () => Promise<[File["metadata"]]>;
  readonly delete: (options: object) => Promise<void>;
}

interface Bucket {
  readonly file: (name: string, options?: object) => File;
  readonly getFiles: (query: object) => Promise<[File[], object | null]>;
}

interface Library {
  readonly Storage: new (options: object) => { readonly bucket: (name: string) => Bucket };
}

/** Imports by a computed specifier, because Deno downloads literal ones for every task. */
async function loadLibrary(): Promise<Library> {
  return await import(["npm:@google-cloud", `storage@${VERSION}`].join("/"));
}

/** Returns `undefined` if the object does not exist. A missing bucket is a 404 too. */
async function metadataOf(file: File): Promise<File["metadata"] | undefined> {
  const isMissing = (error: unknown) =>
    statusOf(error) === 404 && !/bucket/i.test((error as Error).message);
  return (await unless(isMissing, file.getMetadata()))?.[0];
}

async function* list(
  bucket: Bucket,
  { prefix, start }: { prefix: string; start: number },
): AsyncGenerator<Stored> {
  let query: object | undefined = { prefix, autoPaginate: false };
  while (query !== undefined) {
    const answer: [File[], object | null | undefined] = await bucket.getFiles(query);
    for (const { name, metadata } of answer[0]) {
      const modified = Date.parse(metadata.updated);
      yield { name: name.slice(start), bytes: Number(metadata.size), modified, whole: true };
    }
    query = answer[1] ?? undefined;
  }
}

async function write(file: File, chunks: Chunks, { bytes, sha256 }: Expected): Promise<void> {
  const metadata = { metadata: sha256 === undefined ? {} : { sha256 } };
  const checked = { validation: "crc32c", metadata };
  if (sha256 !== undefined && bytes <= CHUNK) {
    // Buffers a small object, so that nothing is sent if its source fails.
    const all = await new Response(ReadableStream.from(chunks)).bytes();
    return await file.save(all, { ...checked, resumable: false });
  }
  const stream = file.createWriteStream({ ...checked, resumable: true, chunkSize: CHUNK });
  await pipeline(Readable.from(chunks), stream);
}

async function create(file: File, bytes: Uint8Array): Promise<boolean> {
  const options = { resumable: false, validation: "crc32c" };
  const saved = file.save(bytes, { ...options, preconditionOpts: { ifGenerationMatch: 0 } });
  return await unless((error) => statusOf(error) === 412, saved.then(() => true)) ?? false;
}

export async function openGcs(place: BucketPlace, { encryption }: StoreOptions): Promise<Store> {
  const { Storage } = await loadLibrary();
  // Avoids Node's warning: each chunk of an upload adds a listener to the same stream.
  EventEmitter.defaultMaxListeners = 0;
  const endpoint = Deno.env.get(ENDPOINT);
  const authenticated = Deno.env.get("GOOGLE_APPLICATION_CREDENTIALS") !== undefined;
  const elsewhere = { apiEndpoint: endpoint, useAuthWithCustomEndpoint: authenticated };
  const storage = new Storage({
    ...(endpoint === undefined ? {} : elsewhere),
    retryOptions: { idempotencyStrategy: RETRY_ALWAYS },
  });
  const bucket = storage.bucket(place.bucket);
  const key = (name: string) => keyIn(place, name);
  // Google encrypts with its own keys unless a key is given.
  const options = encryption?.kind === "kms" ? { kmsKeyName: encryption.key } : {};
  const file = (name: string) => bucket.file(key(name), options);
  const store: Store = {
    label: placeText(place),
    list: (prefix) => list(bucket, { prefix: key(prefix), start: key("").length }),
    // Checks first, because a stream reports a missing object only when it is read.
    read: async (name) =>
      await metadataOf(file(name)) && file(name).createReadStream({ validation: false }),
    write: (name, chunks, expected) => write(file(name), chunks, expected),
    create: (name, bytes) => create(file(name), bytes),
    holds: async (name, sha256) => (await metadataOf(file(name)))?.metadata?.sha256 === sha256,
    remove: async (objects) => {
      for (const { name } of objects) await file(name).delete({ ignoreNotFound: true });
    },
  };
  return guarded(store, {
    place,
    endpoint,
    credentials: "GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account",
    rights: "roles/storage.objectAdmin on the bucket",
  });
}
