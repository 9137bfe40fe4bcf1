/**
 * Drops what must not be kept from people not yet judged: everything the schema does not name, so
 * passwords, salts and weak hashes wherever the API may put them. Judged after this, a person gets
 * the same verdict as before.
 *
 * @module
 */
import { type ApiVersion, PERSON } from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";

/** Something of the same kind that says nothing. */
function blank(value: unknown): unknown {
  if (typeof value === "string") return "";
  if (typeof value === "number") return 0;
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? [] : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keep(value: unknown, { entries }: Parts): unknown {
  if (entries === undefined) return typeof value === "object" ? blank(value) : value;
  if (!isRecord(value)) return blank(value);
  const kept: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (Object.hasOwn(value, name)) kept[name] = keep(value[name], entry);
  }
  return kept;
}

/** A person, valid or not, with only what the schema names. */
export function redact(person: unknown, version: ApiVersion): unknown {
  return keep(person, PERSON[version]);
}
