/**
 * The ids that debr makes from values, so that the same value has the same id wherever it is met.
 *
 * @module
 */
import { hash } from "node:crypto";
import type { Person } from "../../schema/mod.ts";

/** Stands between values before they are hashed; no value can hold it. */
const SEPARATOR = "\u001f";

/** A code for a time zone or a portrait: 16 hexadecimal digits of the SHA-256 over its values. */
export function codeOf(values: readonly string[]): string {
  return hash("sha256", values.join(SEPARATOR)).slice(0, 16);
}

/** A decimal as `users` holds it: there is no negative zero. */
export function decimalText(text: string): string {
  return text === "-0.0000" ? "0.0000" : text;
}

const VARIANT = "89ab89ab89ab89ab";

/**
 * `user_id` of a person as 32 hexadecimal digits: a UUID of version 8 (RFC 9562) from the SHA-256
 * over the person's values as `users` holds them, in column order, codes by what they stand for.
 * No id and no login is in it, or a reader of `users` alone could guess the tables that are
 * guarded.
 */
export function userId(person: Person): string {
  const { name, location, picture } = person;
  const { street, coordinates, timezone } = location;
  return idOfValues(
    `${person.gender}\u001f${name.title}\u001f${name.first}\u001f${name.last}\u001f` +
      `${person.email}\u001f${person.phone}\u001f${person.cell}\u001f` +
      `${person.dob.date}\u001f${person.registered.date}\u001f` +
      `${street.number}\u001f${street.name}\u001f${location.city}\u001f${location.state}\u001f` +
      `${location.postcode}\u001f${decimalText(coordinates.latitude)}\u001f` +
      `${decimalText(coordinates.longitude)}\u001f${location.country}\u001f` +
      `${timezone.offset}\u001f${timezone.description}\u001f` +
      `${picture.large}\u001f${picture.medium}\u001f${picture.thumbnail}`,
  );
}

/** The id that {@link userId} gives a person of these values, joined by U+001F. */
export function idOfValues(values: string): string {
  const digest = hash("sha256", values);
  const variant = VARIANT.charAt(parseInt(digest.charAt(16), 16));
  return `${digest.slice(0, 12)}8${digest.slice(13, 16)}${variant}${digest.slice(17, 32)}`;
}

/**
 * Ranks the copies of one person: where the same person comes more than once, the copy of the
 * lowest rank is kept. Copies have the same row in `users` by what an id is, but may differ in
 * login and alternative id: `login.uuid` is that of the seed, page and position they came from. The
 * rank is made from just that, so the rows are the same in whatever order copies arrive. 48 bits of
 * a SHA-256: two copies that differ and yet tie would have to be sought for.
 */
export function copyRank({ login, id }: Pick<Person, "login" | "id">): number {
  const values = [login.uuid, login.username, login.sha256, id.name, id.value ?? ""];
  return parseInt(hash("sha256", values.join(SEPARATOR)).slice(0, 12), 16);
}

const NIBBLE = new Uint8Array(128);
for (let i = 0; i < 16; i++) NIBBLE[i.toString(16).charCodeAt(0)] = i;

/** Writes a UUID, with or without hyphens, as 16 bytes at a row. */
export function setUuid(bytes: Uint8Array, { row, uuid }: { row: number; uuid: string }): void {
  let at = row * 16;
  for (let i = 0; i < uuid.length; i += 2) {
    if (uuid.charCodeAt(i) === 45) i++;
    bytes[at++] = (NIBBLE[uuid.charCodeAt(i)] ?? 0) << 4 | (NIBBLE[uuid.charCodeAt(i + 1)] ?? 0);
  }
}

/** The UUID at a row, in lower case with hyphens. */
export function uuidAt(bytes: Uint8Array, row: number): string {
  const hex = bytes.subarray(row * 16, row * 16 + 16).toHex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${
    hex.slice(20)
  }`;
}
