// A place that holds objects, as backups see it. Each kind of place has one file that implements
// this with its library.

/** Bytes, a piece at a time. */
export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** An object, or the upload of one that was not finished. */
export interface Stored {
  /** Its name below the place: `<id of the backup>/<name in it>`. */
  readonly name: string;
  readonly bytes: number;
  /** When it was written, in milliseconds since 1970. */
  readonly modified: number;
  /** Whether it is whole; an upload that was not finished can only be removed. */
  readonly whole: boolean;
}

/** What is known of an object before it is written. */
export interface Expected {
  /** Its size where it is known, else one that it hardly exceeds. */
  readonly bytes: number;
  /** Its SHA-256 as 64 hexadecimal digits, where it is known. */
  readonly sha256?: string;
}

/** Every method throws a `DestinationError` where the place refuses. */
export interface Store {
  /** Where it is, as people write it. */
  readonly label: string;
  /** All objects of which the name begins so. */
  readonly list: (prefix: string) => AsyncIterable<Stored>;
  /** The bytes of an object; `undefined` where there is none. */
  readonly read: (name: string) => Promise<Chunks | undefined>;
  /** Writes an object, which appears only when all chunks came without an error. */
  readonly write: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Writes a small object unless there is one of that name; says whether it did. */
  readonly create: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** Whether an object is there that was written with this SHA-256. */
  readonly holds: (name: string, sha256: string) => Promise<boolean>;
  /** Removes objects and unfinished uploads; one that is not there is fine. */
  readonly remove: (objects: readonly Pick<Stored, "name" | "whole">[]) => Promise<void>;
}

/** How objects are encrypted where they are: by the place's own key, or by one of its key service. */
type Encryption = { readonly kind: "aes256" } | {
  readonly kind: "kms";
  readonly key: string;
};

/** What a store may have to know beside the place. */
export interface StoreOptions {
  readonly encryption?: Encryption | undefined;
}

/** The whole of a small object; `undefined` where there is none. */
export async function readSmall(store: Store, name: string): Promise<string | undefined> {
  const chunks = await store.read(name);
  if (chunks === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
