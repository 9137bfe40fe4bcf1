import { Readable } from "node:stream";
import { unless } from "../common/missing.ts";
import { type BucketPlace, keyIn, placeText } from "./place.ts";
import type { Chunks, Expected, Store, Stored, StoreOptions } from "./store.ts";
import { guarded, statusOf } from "./store_faults.ts";

const VERSION = "3.1175.0";

/** Bytes of a part; larger objects have larger parts. */
const PART = 8 << 20;

/** Maximum parts: S3 accepts 10,000, and the estimated size may be too low. */
const PARTS = 8000;

const QUEUE = 3;

/** The most objects that one request can remove. */
const REMOVED_AT_ONCE = 1000;

interface Libraries extends Readonly<Record<`${string}Command`, new (input: object) => object>> {
  readonly S3Client: new (options: object) => {
    readonly send: (command: object) => Promise<unknown>;
  };
  readonly Upload: new (options: object) => { readonly done: () => Promise<unknown> };
}

/** Imports by computed specifiers, because Deno downloads literal ones for every task. */
async function loadLibraries(): Promise<Libraries> {
  const names = ["client-s3", "lib-storage"].map((name) => `npm:@aws-sdk/${name}@${VERSION}`);
  const [client, upload] = await Promise.all(names.map((name) => import(name)));
  return { ...client, ...upload };
}

/** A page of objects or of unfinished uploads. */
interface Page {
  readonly Contents?: readonly { Key: string; Size: number; LastModified: Date }[];
  readonly Uploads?: readonly { Key: string; UploadId: string; Initiated: Date }[];
  readonly IsTruncated?: boolean;
  readonly NextContinuationToken?: string;
  readonly NextKeyMarker?: string;
  readonly NextUploadIdMarker?: string;
}

interface Bucket {
  readonly send: <T>(command: `${string}Command`, input: object) => Promise<T>;
  readonly key: (name: string) => string;
}

async function* pages(
  { send, key }: Bucket,
  { command, prefix }: { command: `List${string}Command`; prefix: string },
): AsyncGenerator<Page> {
  let next: object | undefined = {};
  while (next !== undefined) {
    const page: Page = await send(command, { Prefix: key(prefix), ...next });
    yield page;
    const hasNext = page.IsTruncated && (page.NextContinuationToken ?? page.NextKeyMarker);
    next = hasNext
      ? {
        ContinuationToken: page.NextContinuationToken,
        KeyMarker: page.NextKeyMarker,
        UploadIdMarker: page.NextUploadIdMarker,
      }
      : undefined;
  }
}

async function* listUploads(bucket: Bucket, prefix: string) {
  for await (const page of pages(bucket, { command: "ListMultipartUploadsCommand", prefix })) {
    yield* page.Uploads ?? [];
  }
}

async function* list(bucket: Bucket, prefix: string): AsyncGenerator<Stored> {
  const nameOf = (key: string) => key.slice(bucket.key("").length);
  for await (const page of pages(bucket, { command: "ListObjectsV2Command", prefix })) {
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      yield { name: nameOf(Key), bytes: Size, modified: LastModified.getTime(), whole: true };
    }
  }
  for await (const { Key, Initiated } of listUploads(bucket, prefix)) {
    yield { name: nameOf(Key), bytes: 0, modified: Initiated.getTime(), whole: false };
  }
}

async function remove(bucket: Bucket, objects: Parameters<Store["remove"]>[0]): Promise<void> {
  const { send, key } = bucket;
  const whole = objects.filter((object) => object.whole).map(({ name }) => ({ Key: key(name) }));
  for (let at = 0; at < whole.length; at += REMOVED_AT_ONCE) {
    const Objects = whole.slice(at, at + REMOVED_AT_ONCE);
    const { Errors: [error] = [] }: { Errors?: { Code: string; Message: string }[] } = await send(
      "DeleteObjectsCommand",
      { Delete: { Objects, Quiet: true } },
    );
    if (error) throw { name: error.Code, message: error.Message };
  }
  for (const { name } of objects.filter((object) => !object.whole)) {
    for await (const { Key, UploadId } of listUploads(bucket, name)) {
      if (Key === key(name)) await send("AbortMultipartUploadCommand", { Key, UploadId });
    }
  }
}

function encryptionOf({ encryption }: StoreOptions): object {
  if (encryption === undefined) return {};
  return encryption.kind === "aes256"
    ? { ServerSideEncryption: "AES256" }
    : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: encryption.key };
}

const isMissing = (error: unknown) =>
  ["NoSuchKey", "NotFound"].includes((error as Error)?.name ?? "");

async function create({ send }: Bucket, object: object): Promise<boolean> {
  const isTaken = (error: unknown) => [409, 412].includes(statusOf(error) ?? 0);
  const put = send("PutObjectCommand", { ...object, IfNoneMatch: "*" });
  return await unless(isTaken, put.then(() => true)) ?? false;
}

export async function openS3(place: BucketPlace, options: StoreOptions): Promise<Store> {
  const { S3Client, Upload, ...library } = await loadLibraries();
  const endpoint = Deno.env.get("AWS_ENDPOINT_URL_S3") ?? Deno.env.get("AWS_ENDPOINT_URL");
  // Most self-hosted stores have no host name for each bucket.
  const client = new S3Client({
    forcePathStyle: endpoint !== undefined,
    // Restores compare the bytes with the manifest.
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const own = { Bucket: place.bucket };
  const send: Bucket["send"] = (command, input) =>
    client.send(new library[command]!({ ...own, ...input })) as Promise<never>;
  const key = (name: string) => keyIn(place, name);
  const bucket = { send, key };
  const ofObject = <T>(command: `${string}Command`, name: string) =>
    unless(isMissing, send<T>(command, { Key: key(name) }));
  const encryption = encryptionOf(options);
  const write = async (name: string, chunks: Chunks, { bytes, sha256 }: Expected) => {
    const Metadata = sha256 === undefined ? {} : { sha256 };
    const Body = Readable.from(chunks);
    const object = { ...own, ...encryption, Key: key(name), Body, Metadata };
    await new Upload({
      client,
      partSize: Math.max(PART, Math.ceil(bytes / PARTS / PART) * PART),
      queueSize: QUEUE,
      params: { ...object, ChecksumAlgorithm: "SHA256" },
    }).done();
  };
  const store: Store = {
    label: placeText(place),
    list: (prefix) => list(bucket, prefix),
    read: async (name) => (await ofObject<{ Body: Chunks }>("GetObjectCommand", name))?.Body,
    write,
    create: (name, bytes) => create(bucket, { ...encryption, Key: key(name), Body: bytes }),
    holds: async (name, sha256) =>
      (await ofObject<{ Metadata?: { sha256?: string } }>("HeadObjectCommand", name))
        ?.Metadata?.sha256 === sha256,
    remove: (objects) => remove(bucket, objects),
  };
  return guarded(store, {
    place,
    endpoint,
    credentials: "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL_S3",
    rights: "s3:ListBucket, s3:ListBucketMultipartUploads, s3:AbortMultipartUpload, " +
      "s3:GetObject, s3:PutObject, s3:DeleteObject",
  });
}
