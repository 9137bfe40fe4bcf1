// What is committed: parts with rows, bytes and SHA-256, and the request and pages each came from.
// It holds no time of day, so that the same request gives the same bytes.
import * as v from "valibot";
import { SCHEMA_VERSION, TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import { fromDisk, isMissing } from "./damage.ts";
import { MANIFEST } from "./paths.ts";
import { isSealed, sealJson } from "./seal.ts";

/** Number of the manifest's format; a newer one is refused. */
export const MANIFEST_FORMAT = 1;

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const SHA256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const PART = v.object({
  /** Path inside `tables/`. */
  file: v.pipe(v.string(), v.regex(/^[a-z]+\/part-\d{5,}\.parquet$/)),
  rows: COUNT,
  bytes: COUNT,
  sha256: SHA256,
  /** SHA-256 of the sorted ids beside a part of `users`; older versions of debr did not write it. */
  ids: v.optional(SHA256),
});

/** A batch that is in a part: those of one part follow each other as their rows do. */
const BATCH = v.object({
  /** Number of the batch's part in `users`, `logins` and `altids`. */
  part: COUNT,
  /** Its people in that part. */
  rows: COUNT,
  /** Position in `requests`. */
  request: COUNT,
  pages: v.array(v.object({ page: v.string(), people: COUNT })),
});

/** People of one request who failed a rule. */
const REJECTS = v.object({
  /** Position in `requests`. */
  request: COUNT,
  /** Name in the folder of rejects, made from what it holds, so that no run overwrites another's. */
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}\.ndjson$/)),
  rows: COUNT,
  bytes: COUNT,
  sha256: SHA256,
});

const SCHEMA = v.strictObject({
  format: v.literal(MANIFEST_FORMAT),
  /** Version of debr that wrote it. */
  debr: v.string(),
  /** Number of the tables' layout. */
  schema: COUNT,
  /** People the pages held, and what became of those without a row. */
  people: v.object({ received: COUNT, rejected: COUNT, repeated: COUNT, forgotten: COUNT }),
  tables: v.record(v.picklist(TABLE_NAMES), v.object({ rows: COUNT, parts: v.array(PART) })),
  requests: v.array(
    v.record(v.string(), v.union([v.string(), v.number(), v.array(v.string())])),
  ),
  batches: v.array(BATCH),
  rejects: v.array(REJECTS),
  /** The list of ids of people who must not come back, where there is one. */
  forgotten: v.optional(v.object({ rows: COUNT, sha256: SHA256 })),
  /** SHA-256 of all of the above; older versions of debr did not write it. */
  sha256: v.optional(SHA256),
});

/** A part of a table. */
export type Part = v.InferOutput<typeof PART>;

/** A batch of pages that became one part of each table that has rows for each person. */
export type LineageBatch = v.InferOutput<typeof BATCH>;

/** A file of people who failed a rule. */
export type RejectsFile = v.InferOutput<typeof REJECTS>;

/** A request: enough to ask for the same again. */
export type CommittedRequest = v.InferOutput<typeof SCHEMA>["requests"][number];

/** What is committed. */
export type Manifest =
  & Omit<v.InferOutput<typeof SCHEMA>, "tables" | "sha256">
  & { tables: Record<TableName, { rows: number; parts: Part[] }> };

/** A manifest that a newer debr wrote: its tables must not be touched. */
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

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await fromDisk(path, () => Deno.readTextFile(path)));
  } catch (error) {
    if (isMissing(error)) throw broken(path, "it is not there", true);
    if (error instanceof SyntaxError) throw broken(path, "it is not JSON");
    throw error;
  }
}

/**
 * Reads the manifest of a folder of tables.
 *
 * Throws a `DestinationError` when it is damaged or missing, which is transient where a run is just
 * replacing it, and a {@link NewerManifestError}.
 */
export async function readManifest(tables: string): Promise<Manifest> {
  const path = `${tables}/${MANIFEST}`;
  const json = await readJson(path);
  const { format, schema } = (json ?? {}) as { format?: unknown; schema?: unknown };
  refuseNewer(path, { name: "format", found: format, known: MANIFEST_FORMAT });
  refuseNewer(path, { name: "schema", found: schema, known: SCHEMA_VERSION });
  const result = v.safeParse(SCHEMA, json);
  if (result.success && isSealed(json) === false) {
    throw broken(path, "it is not what was written: its own SHA-256 differs");
  }
  if (result.success && TABLE_NAMES.every((name) => name in result.output.tables)) {
    const { sha256: _, ...manifest } = result.output;
    return manifest as Manifest;
  }
  const [issue] = result.issues ?? [];
  if (issue === undefined) throw broken(path, "a table is missing in it");
  const at = v.getDotPath(issue) ?? "it";
  const missing = issue.received === "undefined";
  throw broken(path, missing ? `${at} is missing` : `${at} should be ${issue.expected}`);
}

/** The text of a manifest, the same for the same content. */
export function manifestText(manifest: Manifest): string {
  return sealJson(manifest, 1) + "\n";
}
