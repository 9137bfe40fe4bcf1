// Holds the fields of a person as UTF-8, so that people on a page need not become objects.
import { PERSON, type Person } from "../../../schema/mod.ts";
import type { Parts } from "../../../schema/valibot/parts.ts";
import { ByteBuffer, Spans } from "../../common/utf8.ts";

interface Field {
  /** Its path: `location.postcode`. */
  readonly path: string;
  readonly schema: Parts;
}

export function fieldsOf(schema: Parts, path = ""): readonly Field[] {
  const { entries } = schema;
  if (entries === undefined) return [{ path, schema }];
  return Object.entries(entries).flatMap(([name, entry]) =>
    fieldsOf(entry, path === "" ? name : `${path}.${name}`)
  );
}

/** Paths of the fields of a person, the same in every version. */
export const FIELDS: readonly string[] = fieldsOf(PERSON["1.4"]).map(({ path }) => path);

/** The position of a field in {@link FIELDS}; throws a `TypeError` for other paths. */
export function fieldAt(path: string): number {
  const at = FIELDS.indexOf(path);
  if (at === -1) throw new TypeError(`Cannot find field ${path} in a person`);
  return at;
}

/** The UTF-8 of each field of a person, in the order of {@link FIELDS}; numbers as printed. */
export class PersonFields extends Spans {
  constructor() {
    super(FIELDS.length);
  }
}

const QUOTE = 0x22;

/** Whether a field of a scanned person is text, not a number or `null`. */
export function isText({ bytes, starts }: PersonFields, at: number): boolean {
  return bytes[starts[at]! - 1] === QUOTE;
}

const KEYS = FIELDS.map((path) => path.split("."));

type Loose = Readonly<Record<string, unknown>>;

/** Fields with their own buffer, for people that are parsed into objects. */
export class OwnFields extends PersonFields {
  readonly #texts = new ByteBuffer(1024);

  take(person: Person): this {
    const texts = this.#texts;
    texts.clear();
    for (let at = 0; at < KEYS.length; at++) {
      let value: unknown = person;
      for (const key of KEYS[at]!) value = (value as Loose)[key];
      this.starts[at] = texts.size;
      if (value !== null) texts.text(String(value));
      this.ends[at] = value === null ? -1 : texts.size;
    }
    this.bytes = texts.memory;
    return this;
  }
}
