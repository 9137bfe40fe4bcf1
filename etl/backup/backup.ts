// Sends all objects of a source, then the manifest: objects without a manifest are no backup.
import { SCHEMA_VERSION } from "../../schema/mod.ts";
import { DestinationError } from "../common/errors.ts";
import { VERSION } from "../common/version.ts";
import { missing, readCatalog } from "./catalog.ts";
import type { Checksum } from "../load/dataset/mod.ts";
import {
  BACKUP_FORMAT,
  type BackupManifest,
  type BackupObject,
  MANIFEST_NAME,
  parseManifest,
  sealManifest,
  type Source,
} from "./manifest.ts";
import { makeId } from "./place.ts";
import { type Keep, removeBackup, toRemove } from "./retention.ts";
import {
  abortable,
  type Chunks,
  drain,
  type Expected,
  measured,
  readSmall,
  type Store,
} from "./store.ts";

/** Milliseconds in which an interrupted backup can be continued, before it is removed. */
const CONTINUED_WITHIN = 2 * 24 * 60 * 60 * 1000;

interface Sink {
  readonly send: (name: string, chunks: Chunks, expected: Expected) => Promise<void>;
  /** Sends an object of known size and hash, unless an interrupted backup has sent it. */
  readonly sendKnown: (name: string, chunks: () => Chunks, known: Checksum) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface BackupSource {
  readonly kind: Source["kind"];
  /** Hexadecimal hash of the contents, by which an interrupted backup is found and continued. */
  readonly fingerprint: string | undefined;
  readonly send: (sink: Sink) => Promise<Pick<BackupManifest, "source" | "tables">>;
}

export interface BackupOptions {
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly keep?: Keep | undefined;
  readonly onBytes?: (bytes: number) => void;
}

export interface BackupResult {
  readonly manifest: BackupManifest;
  /** The number of objects that an interrupted backup already sent. */
  readonly found: number;
  /** Whether another process finished the same backup first. */
  readonly byAnother: boolean;
  readonly removed: readonly string[];
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
  const before = (await readCatalog(store)).findLast(({ id, state, modified }) =>
    state === "unfinished" && id.endsWith(ending) && now - modified < CONTINUED_WITHIN
  );
  return { id: before?.id ?? id, continued: before !== undefined };
}

function sinkOf(
  store: Store,
  { id, continued, options }: { id: string; continued: boolean; options: BackupOptions },
) {
  const objects: BackupObject[] = [];
  let found = 0;
  const pass = (chunks: Chunks) => measured(abortable(chunks, options.signal), options.onBytes);
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
      // Reads the file anyway, because reading detects damage.
      if (there) await drain(chunks());
      else await store.write(`${id}/${name}`, pass(chunks()).chunks, known);
      if (there) found++;
      objects.push({ name, bytes: known.bytes, sha256: known.sha256 });
    },
  };
  return { sink, objects, found: () => found };
}

async function checkArrived(
  store: Store,
  { id, objects }: { id: string; objects: readonly BackupObject[] },
): Promise<void> {
  const [found] = await readCatalog(store, id);
  const lacking = missing(objects, found?.objects ?? []);
  if (lacking === undefined) return;
  throw new DestinationError(`Cannot finish ${store.label}/${id}: ${lacking}`, {
    step: "backup",
    next: "Another program removes or changes objects there: run the same command again",
    transient: true,
  });
}

/** Writes the manifest, unless another process finished the same backup first. */
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

export async function backup(
  store: Store,
  source: BackupSource,
  options: BackupOptions,
): Promise<BackupResult> {
  const began = options.now();
  await store.sweep?.();
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
