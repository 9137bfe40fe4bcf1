// Object storage for backups; one file per kind implements it.

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
  /** Exact where known, else an upper estimate. */
  readonly bytes: number;
  /** 64 hexadecimal digits, where known. */
  readonly sha256?: string;
}

/** Every method throws a `DestinationError` where the place refuses. */
export interface Store {
  /** For messages. */
  readonly label: string;
  /** Removes what killed backups left unfinished, where the place does not expire it itself. */
  readonly sweep?: () => Promise<void>;
  /** By prefix of the name. */
  readonly list: (prefix: string) => AsyncIterable<Stored>;
  /** `undefined` where there is none. */
  readonly read: (name: string) => Promise<Chunks | undefined>;
  /** The object appears only when all chunks arrived without an error. */
  readonly write: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Writes a small object unless it exists; returns whether it did. */
  readonly create: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** Whether the object was written with this SHA-256. */
  readonly holds: (name: string, sha256: string) => Promise<boolean>;
  /** Missing objects are ignored. */
  readonly remove: (objects: readonly Pick<Stored, "name" | "whole">[]) => Promise<void>;
}

/** By the place's own key, or by one of its key service. */
type Encryption = { readonly kind: "aes256" } | {
  readonly kind: "kms";
  readonly key: string;
};

export interface StoreOptions {
  readonly encryption?: Encryption | undefined;
}

/** `undefined` where there is none. */
export async function readSmall(store: Store, name: string): Promise<string | undefined> {
  const chunks = await store.read(name);
  if (chunks === undefined) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
