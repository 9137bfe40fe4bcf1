import * as v from "valibot";
import { SCHEMA_VERSION, TABLE_NAMES } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import { parseJson, unless } from "../../common/missing.ts";
import { MANIFEST } from "./paths.ts";
import { fromDisk, isMissing, isSealed, sealJson } from "./intact.ts";

/** The format; debr refuses newer ones. Format 1 stores ids in another folder. */
export const MANIFEST_FORMAT = 2;

export const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const SHA256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const CONTENT = { rows: COUNT, bytes: COUNT, sha256: SHA256 };

const PART = v.object({
  file: v.pipe(v.string(), v.regex(/^[a-z]+\/part-\d{5,}\.parquet$/)),
  ...CONTENT,
  /** SHA-256 of the sorted ids of a part of `users`; versions before 0.2.0 wrote none. */
  ids: v.optional(SHA256),
});

export const REQUEST = v.record(v.string(), v.union([v.string(), v.number(), v.array(v.string())]));

const BATCH = v.object({
  part: COUNT,
  rows: COUNT,
  request: COUNT,
  pages: v.array(v.object({ page: v.string(), people: COUNT })),
});

const REJECTS = v.object({
  request: COUNT,
  /** The name is a content hash, so no run overwrites another's file. */
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}\.ndjson$/)),
  ...CONTENT,
});

const SCHEMA = v.strictObject({
  format: v.picklist([1, MANIFEST_FORMAT]),
  debr: v.string(),
  schema: COUNT,
  people: v.object({ received: COUNT, rejected: COUNT, repeated: COUNT, forgotten: COUNT }),
  tables: v.strictObject(
    v.entriesFromList(TABLE_NAMES, v.object({ rows: COUNT, parts: v.array(PART) })),
  ),
  requests: v.array(REQUEST),
  batches: v.array(BATCH),
  rejects: v.array(REJECTS),
  forgotten: v.optional(v.object({ rows: COUNT, sha256: SHA256 })),
  /** SHA-256 of all properties above; versions before 0.2.0 wrote none. */
  sha256: v.optional(SHA256),
});

export type Part = v.InferOutput<typeof PART>;

/** A batch and its part; batches of one part are in the order of its rows. */
export type LineageBatch = v.InferOutput<typeof BATCH>;

export type RejectsFile = v.InferOutput<typeof REJECTS>;

export type CommittedRequest = v.InferOutput<typeof REQUEST>;

export type Manifest = Omit<v.InferOutput<typeof SCHEMA>, "sha256">;

/** A newer debr wrote the manifest, so its tables must not be changed. */
export class NewerManifestError extends DestinationError {}

function broken(path: string, reason: string, transient = false): DestinationError {
  return new DestinationError(`Cannot use ${path}: ${reason}`, {
    step: "manifest",
    next: { code: "dataset_unusable" },
    transient,
  });
}

function refuseNewer(
  path: string,
  { name, found, known }: { name: string; found: unknown; known: number },
): void {
  if (typeof found !== "number" || found <= known) return;
  throw new NewerManifestError(`Cannot use ${path}: ${name} ${found} is newer than ${known}`, {
    step: "manifest",
    next: { code: "dataset_newer" },
  });
}

/** Throws a `DestinationError`, transient for a missing manifest: a run may be replacing it. */
export async function readManifest(tables: string): Promise<Manifest> {
  const path = `${tables}/${MANIFEST}`;
  const text = await unless(isMissing, fromDisk(path, () => Deno.readTextFile(path)));
  if (text === undefined) throw broken(path, "it is missing", true);
  const json = parseJson(text);
  if (json === undefined) throw broken(path, "it is not JSON");
  const { format, schema } = (json ?? {}) as { format?: unknown; schema?: unknown };
  refuseNewer(path, { name: "format", found: format, known: MANIFEST_FORMAT });
  refuseNewer(path, { name: "schema", found: schema, known: SCHEMA_VERSION });
  const result = v.safeParse(SCHEMA, json);
  if (!result.success) {
    const [issue] = result.issues;
    const at = v.getDotPath(issue) ?? "it";
    const missing = issue.received === "undefined";
    throw broken(path, missing ? `${at} is missing` : `${at} should be ${issue.expected}`);
  }
  if (isSealed(json) === false) {
    throw broken(path, "it is not what was written: its own SHA-256 differs");
  }
  const { sha256: _, ...manifest } = result.output;
  return manifest;
}

export function manifestText(manifest: Manifest): string {
  return sealJson(manifest, 1) + "\n";
}
