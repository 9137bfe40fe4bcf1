import { Buffer } from "node:buffer";
import { columnsOf, type NamedColumn, type Person, TABLES } from "../../../schema/mod.ts";
import { sha256 } from "../../common/sha256.ts";
import { ByteBuffer, codePointAt, sizeOfCharacter, Spans } from "../../common/utf8.ts";
import { fieldAt, FIELDS, OwnFields, type PersonFields } from "../validate/fields.ts";

/** Separates values in hashes; no value can contain it. */
export const SEPARATOR = "\u001f";
const SEPARATOR_BYTE = 0x1f;

const NIBBLE = new Uint8Array(128);
for (let i = 0; i < 16; i++) NIBBLE[i.toString(16).charCodeAt(0)] = i;

/** Computes the code of a time zone or portrait: 16 hex digits of the SHA-256 of its values. */
export function codeOf(values: readonly string[]): string {
  return sha256(values.join(SEPARATOR)).slice(0, 16);
}

/** The columns of `users` that determine the id: all except the id. */
export const VALUE_COLUMNS: readonly NamedColumn[] = columnsOf(TABLES.users).slice(1);

/** The field of a column, or the fields that its code replaces. */
function fieldsMeant({ name, source }: NamedColumn): readonly number[] {
  const key = TABLES.users.foreignKeys.find(({ column }) => column === name);
  if (key === undefined) return [fieldAt(source)];
  const columns = columnsOf(TABLES[key.references as keyof typeof TABLES]);
  return columns.flatMap((column) => column.name === name ? [] : [fieldAt(column.source)]);
}

const MEANT = VALUE_COLUMNS.map(fieldsMeant);

/** No ids or logins: a reader of `users` alone could guess the sensitive tables otherwise. */
export const IDENTITY_FIELDS: readonly string[] = MEANT.flat().map((at) => FIELDS[at]!);

const IS_DECIMAL = VALUE_COLUMNS.map(({ type }) => type === "decimal");

const ZERO = "0.0000";

/** Whether a decimal is `-0.0000`, which `users` stores as `0.0000`. */
function isNegativeZero({ bytes, starts, ends }: Spans, at: number): boolean {
  const start = starts[at]!;
  if (bytes[start] !== 0x2d || bytes[start + 1] !== 0x30) return false;
  for (let digit = start + 3; digit < ends[at]!; digit++) if (bytes[digit] !== 0x30) return false;
  return true;
}

/** The values that determine the id, by {@link VALUE_COLUMNS}; those of a reference are joined. */
export class PersonValues extends Spans {
  readonly #joined = new ByteBuffer(1024);

  constructor() {
    super(VALUE_COLUMNS.length);
  }

  take(person: PersonFields): void {
    const joined = this.#joined;
    joined.clear();
    for (let at = 0; at < MEANT.length; at++) {
      const fields = MEANT[at]!;
      if (at > 0) joined.byte(SEPARATOR_BYTE);
      this.starts[at] = joined.size;
      for (let part = 0; part < fields.length; part++) {
        if (part > 0) joined.byte(SEPARATOR_BYTE);
        if (IS_DECIMAL[at] && isNegativeZero(person, fields[part]!)) joined.text(ZERO);
        else joined.span(person, fields[part]!);
      }
      this.ends[at] = joined.size;
    }
    this.bytes = joined.memory;
  }

  writeId(to: Uint8Array): void {
    // Hashing bytes takes a third of the time of hashing the same text.
    writeIdOf(this.#joined.written, to);
  }
}

/** Writes a UUID of version 8 (RFC 9562) from the SHA-256 of values joined by U+001F. */
export function writeIdOf(values: string | Uint8Array, to: Uint8Array): void {
  const digest = sha256(values);
  for (let byte = 0; byte < 16; byte++) {
    to[byte] = NIBBLE[digest.charCodeAt(2 * byte)]! << 4 | NIBBLE[digest.charCodeAt(2 * byte + 1)]!;
  }
  to[6] = to[6]! & 0x0f | 0x80;
  to[8] = to[8]! & 0x3f | 0x80;
}

/** Computes the `user_id` of a person as 32 hexadecimal digits. */
export function userId(person: Person): string {
  const values = new PersonValues();
  const id = new Uint8Array(16);
  values.take(new OwnFields().take(person));
  values.writeId(id);
  return Buffer.from(id).toString("hex");
}

const RANKED = ["login.uuid", "login.username", "login.sha256", "id.name", "id.value"].map(fieldAt);

/** Odd factors that mix the two halves of a rank. */
const [HIGH, LOW] = [0x9e3779b1, 0x5f356495];

/** Hashes login and alternative id to 52 bits; only constructed copies tie. The lowest is kept. */
export function copyRank({ bytes, starts, ends }: PersonFields): number {
  let [high, low] = [0x243f6a88, 0x85a308d3];
  for (let at = 0; at < RANKED.length; at++) {
    const end = ends[RANKED[at]!]!;
    let units = 0;
    for (let byte = starts[RANKED[at]!]!; byte < end; units++) {
      let unit = bytes[byte]!;
      const size = sizeOfCharacter(unit);
      if (size > 1) unit = codePointAt(bytes, byte);
      byte += size;
      // Units of UTF-16, so that SQL and JavaScript count the same text equally.
      if (unit > 0xffff) {
        const surrogate = 0xd800 + (unit - 0x10000 >> 10);
        high = Math.imul(high ^ surrogate, HIGH);
        low = Math.imul(low ^ surrogate, LOW);
        units++;
        unit = 0xdc00 | unit & 0x3ff;
      }
      high = Math.imul(high ^ unit, HIGH);
      low = Math.imul(low ^ unit, LOW);
    }
    // The upper bits of a product depend on all bits, the lower ones do not.
    high = Math.imul(high ^ high >>> 15 ^ units, 0x85ebca6b);
    low = Math.imul(low ^ low >>> 13 ^ units, 0xc2b2ae35);
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}

/** Writes a UUID, with or without hyphens, at a row of 16 bytes. */
export function setUuid(bytes: Uint8Array, { row, uuid }: { row: number; uuid: string }): void {
  let at = row * 16;
  for (let i = 0; i < uuid.length; i += 2) {
    if (uuid.charCodeAt(i) === 45) i++;
    bytes[at++] = (NIBBLE[uuid.charCodeAt(i)] ?? 0) << 4 | (NIBBLE[uuid.charCodeAt(i + 1)] ?? 0);
  }
}

export function copyUuid(
  to: Uint8Array,
  { row, spans, at }: { row: number; spans: Spans; at: number },
): void {
  const { bytes, starts, ends } = spans;
  const end = ends[at]!;
  let byte = row * 16;
  for (let from = starts[at]!; from < end; from += 2) {
    if (bytes[from] === 45) from++;
    to[byte++] = NIBBLE[bytes[from]!]! << 4 | NIBBLE[bytes[from + 1]!]!;
  }
}

/** Formats the UUID at a row, in lower case with hyphens. */
export function uuidAt(bytes: Uint8Array, row: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + row * 16, 16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${
    hex.slice(20)
  }`;
}
