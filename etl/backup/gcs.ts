// Backups in a bucket of Google Cloud Storage.
import { EventEmitter } from "node:events";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Place, placeText } from "./place.ts";
import type { Chunks, Expected, Store, Stored, StoreOptions } from "./store.ts";
import { type Cloud, guarded, statusOf } from "./store_faults.ts";

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

/** The parts of the library that debr uses. */
interface Library {
  readonly Storage: new (options: object) => { readonly bucket: (name: string) => Bucket };
}

/** Imports by a computed specifier, because Deno downloads literal ones for every task. */
async function loadLibrary(): Promise<Library> {
  return await import(["npm:@google-cloud", `storage@${VERSION}`].join("/"));
}

/** Distinguishes a missing bucket from a missing object, because both are a 404. */
function named(error: unknown): unknown {
  const bucket = statusOf(error) === 404 && /bucket/i.test((error as Error).message);
  return bucket ? { name: "NoSuchBucket", message: (error as Error).message } : error;
}

/** Returns `undefined` if the object does not exist. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const known = named(error);
    if (known === error && statusOf(error) === 404) return undefined;
    throw known;
  }
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

async function read(file: File): Promise<Chunks | undefined> {
  // Checks first, because a stream reports a missing object only when it is read.
  if (await ifThere(() => file.getMetadata()) === undefined) return undefined;
  return file.createReadStream({ validation: false });
}

/** Buffers a small object, so that nothing is sent if its source fails. */
async function collect(chunks: Chunks, bytes: number): Promise<Uint8Array> {
  const all = new Uint8Array(bytes);
  let at = 0;
  for await (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

async function write(file: File, chunks: Chunks, { bytes, sha256 }: Expected): Promise<void> {
  const metadata = { metadata: sha256 === undefined ? {} : { sha256 } };
  const checked = { validation: "crc32c", metadata };
  if (sha256 !== undefined && bytes <= CHUNK) {
    return await file.save(await collect(chunks, bytes), { ...checked, resumable: false });
  }
  const stream = file.createWriteStream({ ...checked, resumable: true, chunkSize: CHUNK });
  await pipeline(Readable.from(chunks), stream);
}

/** Creates an object unless it exists; the store checks this atomically. */
async function create(file: File, bytes: Uint8Array): Promise<boolean> {
  const none = { preconditionOpts: { ifGenerationMatch: 0 } };
  try {
    await file.save(bytes, { ...none, resumable: false, validation: "crc32c" });
    return true;
  } catch (error) {
    if (statusOf(error) === 412) return false;
    throw error;
  }
}

function cloudOf(bucket: string, endpoint: string | undefined): Cloud {
  return {
    bucket,
    label: endpoint === undefined ? `gs://${bucket}` : `gs://${bucket} at ${endpoint}`,
    credentials: "GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account",
    rights: "roles/storage.objectAdmin on the bucket",
  };
}

function keyOf({ encryption }: StoreOptions): object {
  // Google encrypts with its own keys unless a key is given.
  return encryption?.kind === "kms" ? { kmsKeyName: encryption.key } : {};
}

/** Opens a bucket without sending a request. */
export async function openGcs(
  place: Extract<Place, { bucket: string }>,
  options: StoreOptions,
): Promise<Store> {
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
  const key = (name: string) => place.prefix === "" ? name : `${place.prefix}/${name}`;
  const file = (name: string) => bucket.file(key(name), keyOf(options));
  const store: Store = {
    label: placeText(place),
    list: (prefix) => list(bucket, { prefix: key(prefix), start: key("").length }),
    read: (name) => read(file(name)),
    write: (name, chunks, expected) => write(file(name), chunks, expected),
    create: (name, bytes) => create(file(name), bytes),
    holds: async (name, sha256) => {
      const found = await ifThere(() => file(name).getMetadata());
      return found?.[0].metadata?.sha256 === sha256;
    },
    remove: async (objects) => {
      for (const { name } of objects) await file(name).delete({ ignoreNotFound: true });
    },
  };
  return guarded(store, cloudOf(place.bucket, endpoint));
}
