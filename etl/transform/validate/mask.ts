/**
 * Shows what a value looks like without showing the value: rejects and messages may be read by
 * anyone.
 *
 * @module
 */
import { columnsOf, type Privacy, TABLES } from "../../../schema/mod.ts";

const CLASS_BY_PATH: ReadonlyMap<string, Privacy> = new Map(
  Object.values(TABLES).flatMap((table) =>
    columnsOf(table).map(({ source, privacy }) => [source, privacy] as const)
  ),
);

/** The privacy class of a path in the API's person; what the schema does not know is secret. */
export function pathPrivacy(path: string): Privacy {
  return CLASS_BY_PATH.get(path) ?? "secret";
}

const LONGEST = 60;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** Letters as `x` or `X`, digits as `9`, everything else as `.`, so that only the shape is left. */
export function shape(text: string): string {
  return cut(
    text.replace(/./gsu, (char) => {
      if (/\p{Lu}/u.test(char)) return "X";
      if (/[\p{L}\p{M}]/u.test(char)) return "x";
      if (/\p{N}/u.test(char)) return "9";
      return /[ @:+-]/.test(char) ? char : ".";
    }),
  );
}

function kind(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * A value as it may stand in rejects: public ones as they are, personal ones as their shape,
 * sensitive and secret ones as their kind.
 */
export function mask(value: unknown, privacy: Privacy): string {
  if (value === null || typeof value === "object" || value === undefined) return kind(value);
  if (privacy === "public") return cut(JSON.stringify(value));
  if (privacy === "personal") return `${kind(value)} like ${JSON.stringify(shape(String(value)))}`;
  return kind(value);
}
