// The interface of object storage for backups. Each kind of store has its own file.

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
  /** 64 hexadecimal digits, if known. */
  readonly sha256?: string;
}

/** A store. Every method throws a `DestinationError` if the store reports an error. */
export interface Store {
  /** The name of the store in messages. */
  readonly label: string;
  /** Removes unfinished objects of killed backups, unless the store expires them. */
  readonly sweep?: () => Promise<void>;
  /** Lists the objects with a prefix. */
  readonly list: (prefix: string) => AsyncIterable<Stored>;
  /** Returns `undefined` if the object does not exist. */
  readonly read: (name: string) => Promise<Chunks | undefined>;
  /** Writes an object, which appears only after all chunks arrive without an error. */
  readonly write: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Writes a small object unless it exists; returns whether it did. */
  readonly create: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** Returns whether the object was written with this SHA-256. */
  readonly holds: (name: string, sha256: string) => Promise<boolean>;
  /** Removes objects and ignores missing ones. */
  readonly remove: (objects: readonly Pick<Stored, "name" | "whole">[]) => Promise<void>;
}

/** Encryption with the store's own key, or with a key of its key service. */
type Encryption = { readonly kind: "aes256" } | {
  readonly kind: "kms";
  readonly key: string;
};

export interface StoreOptions {
  readonly encryption?: Encryption | undefined;
}

/** Reads a small object as text. Returns `undefined` if it does not exist. */
export async function readSmall(store: Store, name: string): Promise<string | undefined> {
  const chunks = await store.read(name);
  if (chunks === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
