/**
 * What is committed: parts with rows, bytes and SHA-256, and the request and pages each came from.
 * It holds no time of day, so that the same request gives the same bytes.
 *
 * @module
 */
import * as v from "valibot";
import { TABLE_NAMES, type TableName } from "../../schema/mod.ts";
import { DestinationError } from "../errors.ts";
import { MANIFEST } from "./layout.ts";

/** Number of the manifest's format; a newer one is refused. */
export const MANIFEST_FORMAT = 1;

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const PART = v.object({
  /** Path inside `tables/`. */
  file: v.pipe(v.string(), v.regex(/^[a-z]+\/part-\d{5,}\.parquet$/)),
  rows: COUNT,
  bytes: COUNT,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const BATCH = v.object({
  /** Number of the batch's part in `users`, `logins` and `altids`. */
  part: COUNT,
  /** Position in `requests`. */
  request: COUNT,
  pages: v.array(v.object({ page: v.string(), people: COUNT })),
});

const SCHEMA = v.object({
  format: v.literal(MANIFEST_FORMAT),
  /** Version of debr that wrote it. */
  debr: v.string(),
  /** Number of the tables' layout. */
  schema: COUNT,
  /** People the pages held, and what became of those without a row. */
  people: v.object({ received: COUNT, rejected: COUNT, repeated: COUNT }),
  tables: v.record(v.picklist(TABLE_NAMES), v.object({ rows: COUNT, parts: v.array(PART) })),
  requests: v.array(
    v.record(v.string(), v.union([v.string(), v.number(), v.array(v.string())])),
  ),
  batches: v.array(BATCH),
});

/** A part of a table. */
export type Part = v.InferOutput<typeof PART>;

/** A batch of pages that became one part of each table that has rows for each person. */
export type LineageBatch = v.InferOutput<typeof BATCH>;

/** What is committed. */
export type Manifest =
  & Omit<v.InferOutput<typeof SCHEMA>, "tables">
  & { tables: Record<TableName, { rows: number; parts: Part[] }> };

function broken(path: string, reason: string): DestinationError {
  return new DestinationError(`Cannot use ${path}: ${reason}`, {
    step: "manifest",
    next: "Restore the dataset, or make it anew: deno task extract",
  });
}

/**
 * Reads the manifest of a folder of tables.
 *
 * Throws a `DestinationError` when it is missing, damaged, or of a newer format.
 */
export async function readManifest(tables: string): Promise<Manifest> {
  const path = `${tables}/${MANIFEST}`;
  let json: unknown;
  try {
    json = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw broken(path, "it is not there");
    if (error instanceof SyntaxError) throw broken(path, "it is not JSON");
    throw error;
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > MANIFEST_FORMAT) {
    throw new DestinationError(
      `Cannot use ${path}: format ${format} is newer than ${MANIFEST_FORMAT}`,
      { step: "manifest", next: "Update debr; nothing was changed" },
    );
  }
  const result = v.safeParse(SCHEMA, json);
  if (result.success && TABLE_NAMES.every((name) => name in result.output.tables)) {
    return result.output as Manifest;
  }
  const [issue] = result.issues ?? [];
  throw broken(
    path,
    issue ? `${v.getDotPath(issue)} should be ${issue.expected}` : "a table is missing in it",
  );
}

/** The text of a manifest, the same for the same content. */
export function manifestText(manifest: Manifest): string {
  return JSON.stringify(manifest, null, 1) + "\n";
}
