// Removes everything outside the schema, such as passwords, without a change of the verdict.
import { type ApiVersion, PERSON } from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";
import { type ByteBuffer, encodeUtf8 } from "../../common/utf8.ts";
import { isText, type PersonFields } from "./fields.ts";

function blank(value: unknown): unknown {
  if (typeof value === "string") return "";
  if (typeof value === "number") return 0;
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? [] : {};
}

function keep(value: unknown, { entries }: Parts): unknown {
  if (entries === undefined) return typeof value === "object" ? blank(value) : value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return blank(value);
  const kept: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (Object.hasOwn(value, name)) kept[name] = keep(value[name as keyof typeof value], entry);
  }
  return kept;
}

export function redact(person: unknown, version: ApiVersion): unknown {
  return keep(person, PERSON[version]);
}

function frame({ entries }: Parts): unknown {
  if (entries === undefined) return null;
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, frame(entry)]));
}

/** The JSON before each field of a redacted person, and after the last field. */
const FRAME = JSON.stringify(frame(PERSON["1.4"])).split("null").map(encodeUtf8);

const NULL = encodeUtf8("null");

/** Writes a redacted person like `JSON.stringify`: copies plain values with their quotes. */
export function writeRedacted(person: PersonFields, to: ByteBuffer): void {
  const { bytes, starts, ends } = person;
  const fields = starts.length;
  for (let at = 0; at < fields; at++) {
    to.few(FRAME[at]!);
    const quote = isText(person, at) ? 1 : 0;
    if (person.has(at)) to.few(bytes, starts[at]! - quote, ends[at]! + quote);
    else to.few(NULL);
  }
  to.few(FRAME[fields]!);
}
