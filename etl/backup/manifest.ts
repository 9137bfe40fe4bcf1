// What a backup holds: objects with sizes and SHA-256, rows and a hash of the content of each
// table, and the versions it was made with. Written last, so that a backup without it is none.
import * as v from "valibot";
import { DestinationError } from "../common/errors.ts";
import type { NextStep } from "../common/next_step.ts";
import { sha256 } from "../common/sha256.ts";

/** Number of the manifest's format; a newer one is refused. */
export const BACKUP_FORMAT = 1;

/** Name of the manifest in a backup. */
export const MANIFEST_NAME = "manifest.json";

/** Name of the note that says whether a backup was restored as it should be. */
export const VERIFICATION_NAME = "verification.json";

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const SHA256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A path that stays in the folder it is restored to. */
const NAME = v.pipe(v.string(), v.regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\0]+(?:\/[^/\0]+)*$/));

const MOMENT = v.pipe(v.string(), v.isoTimestamp());

/** What backups are made of. */
const SOURCE_KINDS = ["dataset", "postgres", "mysql", "mariadb"] as const;

const SCHEMA = v.object({
  format: v.literal(BACKUP_FORMAT),
  id: v.string(),
  began: MOMENT,
  ended: MOMENT,
  /** Version of debr that made it. */
  debr: v.string(),
  /** Number of the tables' layout as that debr knows it. */
  schema: COUNT,
  source: v.object({
    kind: v.picklist(SOURCE_KINDS),
    /** Which one: a folder, or `postgres://host:port/database`. */
    name: v.string(),
    /** What the server says of itself. */
    server: v.optional(v.string()),
    /** What the program that dumped it says of itself. */
    tool: v.optional(v.string()),
    /** Roles of the server that were granted something. */
    roles: v.optional(v.array(v.string())),
  }),
  objects: v.array(v.object({ name: NAME, bytes: COUNT, sha256: SHA256 })),
  /** Rows and content of each table; the order of rows in a database does not count. */
  tables: v.record(v.string(), v.object({ rows: COUNT, sha256: SHA256 })),
  /** Of all the above, so that a change of it shows. */
  sha256: SHA256,
});

/** What a backup holds. */
export type BackupManifest = v.InferOutput<typeof SCHEMA>;

/** An object of a backup. */
export type BackupObject = BackupManifest["objects"][number];

/** What a backup is made of. */
export type Source = BackupManifest["source"];

/** Rows and content of tables, by name. */
export type TableContents = BackupManifest["tables"];

/** A backup that cannot be relied on: it, or its manifest, is not as it was written. */
export class DamagedError extends DestinationError {}

function hashOf({ sha256: _, ...rest }: BackupManifest): string {
  return sha256(JSON.stringify(rest));
}

/** The text of a manifest, with its own hash. */
export function sealManifest(content: Omit<BackupManifest, "sha256">): string {
  // In the order of the schema, in which it is hashed when it is read.
  const manifest = v.parse(SCHEMA, { ...content, sha256: "0".repeat(64) });
  return JSON.stringify({ ...manifest, sha256: hashOf(manifest) }, null, 1) + "\n";
}

function damaged(
  where: string,
  reason: string,
  next: string | NextStep = { code: "backup_damaged" },
): DamagedError {
  return new DamagedError(`Cannot use ${where}: ${reason}`, { step: "manifest", next });
}

/** Reads a manifest. Throws a {@link DamagedError} where it is not as it was written. */
export function parseManifest(
  text: string,
  { where, id }: { readonly where: string; readonly id: string },
): BackupManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(where, "it is not JSON");
  }
  const { format } = (json ?? {}) as { format?: unknown };
  if (typeof format === "number" && format > BACKUP_FORMAT) {
    throw damaged(where, `format ${format} is newer than ${BACKUP_FORMAT}`, "Update debr");
  }
  const { success, output, issues } = v.safeParse(SCHEMA, json);
  if (!success) {
    const [issue] = issues;
    throw damaged(where, `${v.getDotPath(issue) ?? "it"} should be ${issue.expected}`);
  }
  if (hashOf(output) !== output.sha256) {
    throw damaged(where, "it is not what was written: its own SHA-256 differs");
  }
  if (output.id !== id) throw damaged(where, `it is of another backup, ${output.id}`);
  return output;
}
