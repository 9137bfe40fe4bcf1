/**
 * How the people of a page are written: which keys in which order. The API writes all in the same
 * way, so that whoever is written like the one before can be read without a parser.
 *
 * @module
 */
import { FIELDS } from "../fields.ts";

/** The UTF-8 of a text, as it is compared. */
export interface Literal {
  /** Four bytes each, the first the lowest. */
  readonly words: Int32Array;
  /** Those that are left over. */
  readonly rest: Uint8Array;
}

/** A text as it is compared. */
export function literal(text: string): Literal {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from(
    { length: bytes.length >> 2 },
    (_, word) => view.getInt32(word * 4, true),
  );
  return { words, rest: bytes.subarray(words.length * 4) };
}

/** People as they are written: texts between which values stand. */
export interface Layout {
  /** What stands before each value. */
  readonly before: readonly Literal[];
  /** The field that each value is of, -1 for one that no table holds. */
  readonly fields: Int8Array;
  /** What stands after the last value. */
  readonly after: Literal;
}

type Loose = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Objects in one another that a layout goes down into: more than the schema has. */
const DEPTH = 8;

/**
 * The layout of a person who was parsed; `undefined` where fields are missing, where it holds lists or
 * many objects in one another, or where a key has a dot and could be taken for a path.
 */
export function layoutOf(person: unknown): Layout | undefined {
  if (!isObject(person)) return undefined;
  const before: string[] = [];
  const fields: number[] = [];
  let text = "";
  const walk = (object: Loose, path: string, depth = 0): boolean => {
    if (depth > DEPTH) return false;
    text += "{";
    for (const [place, [key, value]] of Object.entries(object).entries()) {
      if (key.includes(".")) return false;
      text += `${place === 0 ? "" : ","}${JSON.stringify(key)}:`;
      if (isObject(value)) {
        if (!walk(value, `${path}${key}.`, depth + 1)) return false;
      } else {
        if (Array.isArray(value)) return false;
        before.push(text);
        fields.push(FIELDS.indexOf(path + key));
        text = "";
      }
    }
    text += "}";
    return true;
  };
  const plain = walk(person, "");
  if (!plain || FIELDS.some((_, at) => !fields.includes(at))) return undefined;
  return { before: before.map(literal), fields: Int8Array.from(fields), after: literal(text) };
}
