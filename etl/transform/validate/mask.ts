// Masks values, since anyone may read rejects and messages.
import { columnsOf, type Privacy, TABLES } from "../../../schema/mod.ts";

const CLASS_BY_PATH: ReadonlyMap<string, Privacy> = new Map(
  Object.values(TABLES).flatMap((table) =>
    columnsOf(table).map(({ source, privacy }) => [source, privacy] as const)
  ),
);

/** The privacy class of a path in a person of the API; unknown paths are secret. */
export function pathPrivacy(path: string): Privacy {
  return CLASS_BY_PATH.get(path) ?? "secret";
}

const LONGEST = 60;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** Replaces letters by `x` or `X`, digits by `9`, and everything else by `.`. */
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

/** Shows public values as they are, personal ones as their shape, and others as their kind. */
export function mask(value: unknown, privacy: Privacy): string {
  if (value === null || typeof value === "object" || value === undefined) return kind(value);
  if (privacy === "public") return cut(JSON.stringify(value));
  if (privacy === "personal") return `${kind(value)} like ${JSON.stringify(shape(String(value)))}`;
  return kind(value);
}
