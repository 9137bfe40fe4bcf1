// Makes a backup: sends what a source gives, and last of all the manifest, which makes a backup of
// it. A backup that stops before leaves nothing that anybody takes for one.
import { SCHEMA_VERSION } from "../../schema/mod.ts";
import { DestinationError } from "../common/errors.ts";
import { VERSION } from "../common/version.ts";
import { type Entry, missing, readCatalog } from "./catalog.ts";
import type { Checksum } from "../load/dataset/mod.ts";
import { drain, measured } from "./chunks.ts";
import {
  BACKUP_FORMAT,
  type BackupManifest,
  type BackupObject,
  MANIFEST_NAME,
  parseManifest,
  sealManifest,
  type Source,
  type TableContents,
} from "./manifest.ts";
import { makeId } from "./place.ts";
import { type Keep, removeBackup, toRemove } from "./retention.ts";
import { type Chunks, type Expected, readSmall, type Store, type Stored } from "./store.ts";

/** Milliseconds for which an interrupted backup may be continued: less than until it is removed. */
const CONTINUED_WITHIN = 2 * 24 * 60 * 60 * 1000;

/** Takes the objects of a backup. */
export interface Sink {
  /** Sends an object of which nobody knows the bytes before. */
  readonly send: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Sends an object of which the bytes are known, unless an interrupted backup has sent it. */
  readonly sendKnown: (name: string, chunks: () => Chunks, known: Checksum) => Promise<void>;
  readonly signal: AbortSignal;
}

/** What a source says of what it sent. */
interface Sent {
  readonly source: Source;
  readonly tables: TableContents;
}

/** Something that backups are made of. */
export interface BackupSource {
  readonly kind: Source["kind"];
  /**
   * Hexadecimal digits, the same whenever the source would send the same bytes: then an interrupted
   * backup of it is continued. `undefined` where it never does.
   */
  readonly fingerprint: string | undefined;
  readonly send: (sink: Sink) => Promise<Sent>;
}

/** How to make a backup. */
export interface BackupOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Which backups to keep; all where it is missing. */
  readonly keep?: Keep | undefined;
  /** Told of bytes on their way. */
  readonly onBytes?: (bytes: number) => void;
}

/** What was made of it. */
export interface BackupResult {
  readonly manifest: BackupManifest;
  /** Objects that an interrupted backup had sent already. */
  readonly found: number;
  /** Whether another process has finished the same backup meanwhile. */
  readonly byAnother: boolean;
  /** Ids of backups that were removed. */
  readonly removed: readonly string[];
}

function interrupted(entries: readonly Entry[], { ending, now }: { ending: string; now: number }) {
  return entries.findLast(({ id, state, modified }) =>
    state === "unfinished" && id.endsWith(ending) && now - modified < CONTINUED_WITHIN
  );
}

async function findOrMakeId(
  store: Store,
  { kind, fingerprint }: BackupSource,
  now: number,
): Promise<{ id: string; continued: boolean }> {
  const tag = fingerprint ?? crypto.randomUUID().replaceAll("-", "");
  const id = makeId(now, { kind, tag });
  if (fingerprint === undefined) return { id, continued: false };
  const ending = id.slice(id.indexOf("-"));
  const before = interrupted(await readCatalog(store), { ending, now });
  return { id: before?.id ?? id, continued: before !== undefined };
}

function sinkOf(
  store: Store,
  { id, continued, options }: { id: string; continued: boolean; options: BackupOptions },
) {
  const objects: BackupObject[] = [];
  let found = 0;
  const pass = (chunks: Chunks) => {
    async function* stoppable(): Chunks {
      for await (const chunk of chunks) {
        options.signal.throwIfAborted();
        yield chunk;
      }
    }
    return measured(stoppable(), options.onBytes);
  };
  const sink: Sink = {
    signal: options.signal,
    send: async (name, chunks, expected) => {
      const passing = pass(chunks);
      await store.write(`${id}/${name}`, passing.chunks, expected);
      objects.push({ name, ...passing.measure() });
    },
    sendKnown: async (name, chunks, known) => {
      options.signal.throwIfAborted();
      const there = continued && await store.holds(`${id}/${name}`, known.sha256);
      // Read all the same: a file that is damaged here is not backed up.
      if (there) await drain(chunks());
      else await store.write(`${id}/${name}`, pass(chunks()).chunks, known);
      if (there) found++;
      objects.push({ name, bytes: known.bytes, sha256: known.sha256 });
    },
  };
  return { sink, objects, found: () => found };
}

/** Looks whether all that was sent is there, before anybody is told that it is. */
async function checkArrived(
  store: Store,
  { id, objects }: { readonly id: string; readonly objects: readonly BackupObject[] },
): Promise<void> {
  const there: Stored[] = [];
  for await (const object of store.list(`${id}/`)) {
    there.push({ ...object, name: object.name.slice(id.length + 1) });
  }
  const lacking = missing({ objects }, there);
  if (lacking === undefined) return;
  throw new DestinationError(`Cannot finish ${store.label}/${id}: ${lacking}`, {
    step: "backup",
    next: "Something else removes or changes objects there: run the same command again",
    transient: true,
  });
}

/** Writes the manifest, unless another process that makes the same backup was first. */
async function seal(
  store: Store,
  content: Omit<BackupManifest, "sha256">,
): Promise<{ manifest: BackupManifest; byAnother: boolean }> {
  const { id } = content;
  const name = `${id}/${MANIFEST_NAME}`;
  const text = sealManifest(content);
  await store.create(name, new TextEncoder().encode(text));
  const written = await readSmall(store, name) ?? "";
  const manifest = parseManifest(written, { where: `${store.label}/${name}`, id });
  return { manifest, byAnother: written !== text };
}

async function prune(store: Store, { keep, now }: BackupOptions): Promise<string[]> {
  if (keep === undefined) return [];
  const gone = toRemove(await readCatalog(store), { keep, now: now() });
  for (const entry of gone) await removeBackup(store, entry);
  return gone.map(({ id }) => id);
}

/** Makes a backup of a source. Throws a `DestinationError`; the backups there stay as they are. */
export async function backup(
  store: Store,
  source: BackupSource,
  options: BackupOptions,
): Promise<BackupResult> {
  const began = options.now();
  const { id, continued } = await findOrMakeId(store, source, began);
  const { sink, objects, found } = sinkOf(store, { id, continued, options });
  const sent = await source.send(sink);
  objects.sort((a, b) => a.name < b.name ? -1 : 1);
  await checkArrived(store, { id, objects });
  options.signal.throwIfAborted();
  const { manifest, byAnother } = await seal(store, {
    format: BACKUP_FORMAT,
    id,
    began: new Date(began).toISOString(),
    ended: new Date(options.now()).toISOString(),
    debr: VERSION,
    schema: SCHEMA_VERSION,
    ...sent,
    objects,
  });
  return { manifest, found: found(), byAnother, removed: await prune(store, options) };
}
