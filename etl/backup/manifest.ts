// A backup is complete only when its manifest is written.
import * as v from "valibot";
import { number, plural } from "../common/counts.ts";
import { DestinationError } from "../common/errors.ts";
import { parseJson } from "../common/missing.ts";
import type { NextStep } from "../common/next_step.ts";
import { COUNT, isSealed, sealJson, SHA256 } from "../load/dataset/mod.ts";

export const BACKUP_FORMAT = 1;

export const MANIFEST_NAME = "manifest.json";

/** The object with the result of the last restore. */
export const VERIFICATION_NAME = "verification.json";

/** A relative path without `.` and `..`, so that a restore stays in its folder. */
const NAME = v.pipe(v.string(), v.regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\0]+(?:\/[^/\0]+)*$/));

const MOMENT = v.pipe(v.string(), v.isoTimestamp());

const SCHEMA = v.object({
  format: v.literal(BACKUP_FORMAT),
  id: v.string(),
  began: MOMENT,
  ended: MOMENT,
  debr: v.string(),
  schema: COUNT,
  source: v.object({
    kind: v.picklist(["dataset", "postgres", "mysql", "mariadb"]),
    /** A folder, or `postgres://host:port/database`. */
    name: v.string(),
    server: v.optional(v.string()),
    tool: v.optional(v.string()),
    /** Roles that have grants in the database. */
    roles: v.optional(v.array(v.string())),
  }),
  objects: v.array(v.object({ name: NAME, bytes: COUNT, sha256: SHA256 })),
  /** The contents of each table; the hash does not depend on the order of rows. */
  tables: v.record(v.string(), v.object({ rows: COUNT, sha256: SHA256 })),
  /** SHA-256 of all properties above. */
  sha256: SHA256,
});

export type BackupManifest = v.InferOutput<typeof SCHEMA>;

export type BackupObject = BackupManifest["objects"][number];

export type Source = BackupManifest["source"];

export type TableContents = BackupManifest["tables"];

/** A backup or its manifest differs from what was written. */
export class DamagedError extends DestinationError {}

export function sealManifest(content: Omit<BackupManifest, "sha256">): string {
  // Parsing orders the keys as the reader does before it computes the hash.
  const manifest = v.parse(SCHEMA, { ...content, sha256: "0".repeat(64) });
  return sealJson(manifest, 1) + "\n";
}

export function parseManifest(
  text: string,
  { where, id }: { where: string; id: string },
): BackupManifest {
  const damaged = (reason: string, next: string | NextStep = { code: "backup_damaged" }) =>
    new DamagedError(`Cannot use ${where}: ${reason}`, { step: "manifest", next });
  const json = parseJson(text);
  if (json === undefined) throw damaged("it is not JSON");
  const { format } = (json ?? {}) as { format?: unknown };
  if (typeof format === "number" && format > BACKUP_FORMAT) {
    throw damaged(`format ${format} is newer than ${BACKUP_FORMAT}`, "Update debr");
  }
  const { success, output, issues } = v.safeParse(SCHEMA, json);
  if (!success) {
    const [issue] = issues;
    throw damaged(`${v.getDotPath(issue) ?? "it"} should be ${issue.expected}`);
  }
  if (!isSealed(output)) throw damaged("it was changed: its own SHA-256 differs");
  if (output.id !== id) throw damaged(`it belongs to another backup, ${output.id}`);
  return output;
}

export function differences(expected: TableContents, found: TableContents): string[] {
  const all = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return all.flatMap((name) => {
    const [wanted, got] = [expected[name], found[name]];
    if (wanted === undefined) return [`${name} is not in the manifest`];
    if (got === undefined) return [`${name} is missing`];
    if (got.rows !== wanted.rows) {
      return [`${name} has ${plural(got.rows, "row")} instead of ${number(wanted.rows)}`];
    }
    return got.sha256 === wanted.sha256 ? [] : [`${name} has other values`];
  });
}
