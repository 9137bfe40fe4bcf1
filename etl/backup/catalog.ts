import { number, plural } from "../common/counts.ts";
import { DestinationError } from "../common/errors.ts";
import { parseJson } from "../common/missing.ts";
import { VERSION } from "../common/version.ts";
import {
  type BackupManifest,
  type BackupObject,
  DamagedError,
  MANIFEST_NAME,
  parseManifest,
  type Source,
  VERIFICATION_NAME,
} from "./manifest.ts";
import { isId } from "./place.ts";
import { checked, type Chunks, readSmall, type Store, type Stored } from "./store.ts";

// `verified`: a test restore succeeded. `complete`: all objects have the right sizes. `failed`: a
// restore failed. `damaged`: an object or the manifest is wrong. `unfinished`: it has no manifest.
export type State = "verified" | "complete" | "failed" | "damaged" | "unfinished";

export interface Entry {
  readonly id: string;
  readonly state: State;
  /** The reason of a damaged backup, or the time when it was verified or failed. */
  readonly note: string | undefined;
  /** Missing if the backup is damaged or unfinished. */
  readonly manifest: BackupManifest | undefined;
  readonly objects: readonly Stored[];
  readonly bytes: number;
  /** When its newest object was written, in milliseconds since 1970. */
  readonly modified: number;
}

/** A backup that can be restored. */
export type Good = Entry & { readonly manifest: BackupManifest };

type Verification = { readonly at: string; readonly ok: boolean; readonly debr: string };

export function isGood(entry: Entry): entry is Good {
  return entry.state === "verified" || entry.state === "complete";
}

/** Describes the first object that is missing or has the wrong size. */
export function missing(
  objects: readonly BackupObject[],
  found: readonly Stored[],
): string | undefined {
  const sizes = new Map(found.filter(({ whole }) => whole).map(({ name, bytes }) => [name, bytes]));
  for (const { name, bytes } of objects) {
    const size = sizes.get(name);
    if (size === undefined) return `${name} is missing`;
    if (size !== bytes) {
      return `${name} has ${plural(size, "byte")}, the manifest says ${number(bytes)}`;
    }
  }
  return undefined;
}

async function validate(
  store: Store,
  { id, objects }: { id: string; objects: readonly Stored[] },
): Promise<Pick<Entry, "state" | "note" | "manifest">> {
  const has = (name: string) => objects.some((object) => object.name === name && object.whole);
  const text = has(MANIFEST_NAME) ? await readSmall(store, `${id}/${MANIFEST_NAME}`) : undefined;
  if (text === undefined) return { state: "unfinished", note: undefined, manifest: undefined };
  let manifest: BackupManifest;
  try {
    manifest = parseManifest(text, { where: `${store.label}/${id}/${MANIFEST_NAME}`, id });
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    return { state: "damaged", note: error.message, manifest: undefined };
  }
  const lacking = missing(manifest.objects, objects);
  if (lacking !== undefined) return { state: "damaged", note: lacking, manifest: undefined };
  const said = has(VERIFICATION_NAME) && await readSmall(store, `${id}/${VERIFICATION_NAME}`);
  const verified = parseJson(said || "null") as Verification | null | undefined;
  if (!verified) return { state: "complete", note: undefined, manifest };
  return { state: verified.ok ? "verified" : "failed", note: verified.at, manifest };
}

/** Lists the backups, oldest first, or only the backup `id`. */
export async function readCatalog(store: Store, id?: string): Promise<Entry[]> {
  const all = await Array.fromAsync(store.list(id === undefined ? "" : `${id}/`));
  const entries: Entry[] = [];
  for (const [id, named] of Map.groupBy(all, ({ name }) => /^[^/]+(?=\/)/.exec(name)?.[0] ?? "")) {
    if (!isId(id)) continue;
    const objects = named.map((one) => ({ ...one, name: one.name.slice(id.length + 1) }));
    entries.push({
      id,
      ...await validate(store, { id, objects }),
      objects,
      bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
      modified: Math.max(...objects.map(({ modified }) => modified)),
    });
  }
  return entries.sort((a, b) => a.id < b.id ? -1 : 1);
}

function notFound(store: Store, reason: string): DestinationError {
  return new DestinationError(`Cannot find a backup in ${store.label}: ${reason}`, {
    step: "restore",
    next: { code: "no_backup", place: store.label },
  });
}

/** Finds the backup `id`, or the newest restorable one that fits. Throws if missing or damaged. */
export async function findBackup(
  store: Store,
  { id, fits }: { id: string | undefined; fits: (source: Source) => boolean },
): Promise<Good> {
  const entries = await readCatalog(store, id);
  if (id === undefined) {
    const good = entries.filter(isGood).findLast(({ manifest }) => fits(manifest.source));
    if (good === undefined) throw notFound(store, "none of this kind is complete");
    return good;
  }
  const [entry] = entries;
  if (entry === undefined) throw notFound(store, `there is no ${id}`);
  if (entry.state === "unfinished") {
    throw notFound(store, `${id} is unfinished: it has no manifest`);
  }
  if (entry.manifest === undefined) throw damagedIn(store, id, `${entry.note}`);
  return { ...entry, manifest: entry.manifest };
}

export function damagedIn(store: Store, name: string, what: string): DamagedError {
  return new DamagedError(`Cannot use ${store.label}/${name}: ${what}`, {
    step: "restore",
    next: { code: "backup_damaged", place: store.label },
  });
}

/** Opens an object as a stream that ends without an error only if the object is intact. */
export async function readObject(
  store: Store,
  { id, object }: { id: string; object: BackupObject },
): Promise<Chunks> {
  const name = `${id}/${object.name}`;
  const fault = (what: string) => damagedIn(store, name, `it ${what}`);
  const chunks = await store.read(name);
  if (chunks === undefined) throw fault("is missing");
  return checked(chunks, { expected: object, fault });
}

/** Runs a restore and stores the result, or calls `warn`: a restore needs only read access. */
export async function noted<T>(
  work: () => Promise<T>,
  { store, entry: { id }, now, warn }: {
    store: Store;
    entry: Good;
    now: () => number;
    warn: (error: Error) => void;
  },
): Promise<T> {
  const write = async (ok: boolean) => {
    const said: Verification = { at: new Date(now()).toISOString(), ok, debr: VERSION };
    const bytes = new TextEncoder().encode(JSON.stringify(said) + "\n");
    const chunks = ReadableStream.from([bytes]);
    const written = store.write(`${id}/${VERIFICATION_NAME}`, chunks, { bytes: bytes.length });
    await written.catch(warn);
  };
  const result = await work().catch(async (error) => {
    if (error instanceof DamagedError) await write(false);
    throw error;
  });
  await write(true);
  return result;
}
