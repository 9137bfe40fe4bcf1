import type { ColumnType, Person } from "../../../schema/mod.ts";
import type { Spans } from "../../common/utf8.ts";
import { OwnFields, PersonFields } from "../validate/fields.ts";
import {
  clearTexts,
  type ColumnData,
  type ColumnsOf,
  growColumns,
  makeColumns,
  type TableData,
} from "./columns.ts";
import { PersonValues, VALUE_COLUMNS } from "./identity.ts";
import { IdColumn, orderOfIds, pickIds } from "./ids.ts";
import { Logins } from "./logins.ts";
import { milliseconds } from "./moment.ts";
import { makePointers, makeReferences, type References } from "./references.ts";
import type { Texts } from "./texts.ts";

/** The tables with a row per person. */
export const PERSON_TABLES = ["users", "logins", "altids"] as const;

export type PersonTable = typeof PERSON_TABLES[number];

/** Reads all digits of a number: a decimal of four places becomes ten thousand times as large. */
function digitsOf({ bytes, starts, ends }: Spans, at: number): number {
  const start = starts[at]!;
  const end = ends[at]!;
  let value = 0;
  for (let byte = start; byte < end; byte++) {
    const digit = bytes[byte]! - 0x30;
    // Skips sign and point, which sort before zero.
    if (digit >= 0) value = value * 10 + digit;
  }
  return bytes[start] === 0x2d ? -value : value;
}

function columnsOfType(...types: readonly ColumnType[]): readonly number[] {
  return [...VALUE_COLUMNS.keys()].filter((at) => types.includes(VALUE_COLUMNS[at]!.type));
}

const TEXTS = columnsOfType("text");
const NUMBERS = columnsOfType("integer", "decimal");
const MOMENTS = columnsOfType("timestamp");

export class Rows {
  readonly references: References = makeReferences();
  #capacity = 1024;
  readonly #ids = new IdColumn();
  readonly #id = new Uint8Array(16);
  readonly #idWords = new Uint32Array(this.#id.buffer);
  #users: ColumnsOf<"users"> = makeColumns("users", this.#capacity);
  /** The columns in the order of {@link VALUE_COLUMNS}. */
  #columns = this.#inOrder();
  readonly #logins = new Logins();
  readonly #values = new PersonValues();
  readonly #parsed = new OwnFields();
  readonly #pointers = makePointers(this.references);

  get people(): number {
    return this.#ids.length;
  }

  /** Removes all rows and reuses buffers: it overwrites the result of {@link tables}. */
  clear(): void {
    this.#ids.clear();
    clearTexts(this.#users);
    this.#logins.clear();
    for (const pointer of this.#pointers) pointer?.clear();
  }

  /** Adds a person or keeps the copy of lower rank; returns whether the person is new. */
  add(person: Person | PersonFields): boolean {
    const fields = person instanceof PersonFields ? person : this.#parsed.take(person);
    this.#values.take(fields);
    this.#values.writeId(this.#id);
    const row = this.people;
    const known = this.#ids.add(this.#idWords);
    if (known >= 0) {
      this.#logins.offer(fields, known);
      return false;
    }
    if (row === this.#capacity) this.#grow();
    this.#addUser(fields, row);
    this.#logins.add(fields);
    return true;
  }

  #inOrder(): readonly ColumnData[] {
    return VALUE_COLUMNS.map(({ name }) => this.#users[name as keyof ColumnsOf<"users">]);
  }

  #grow(): void {
    const rows = this.#capacity *= 2;
    this.#users = growColumns(this.#users, rows);
    this.#columns = this.#inOrder();
  }

  #addUser(person: PersonFields, row: number): void {
    const [columns, values] = [this.#columns, this.#values];
    for (const at of TEXTS) {
      const column = columns[at] as Texts;
      const pointer = this.#pointers[at];
      if (pointer === undefined) column.add(values, at);
      else column.add(pointer.code(values, person), 0);
    }
    for (const at of NUMBERS) (columns[at] as Int32Array)[row] = digitsOf(values, at);
    for (const at of MOMENTS) {
      (columns[at] as Float64Array)[row] = milliseconds(values.bytes, values.starts[at]);
    }
  }

  /** All ids in ascending order, 16 bytes each, with the rank of each kept copy. */
  sortedIds(): { ids: Uint8Array<ArrayBuffer>; ranks: Float64Array<ArrayBuffer> } {
    const unsorted = this.#ids.bytes;
    const order = orderOfIds(unsorted);
    const ranks = Float64Array.from(order, (row) => this.#logins.ranks[row]!);
    return { ids: pickIds(unsorted, order), ranks };
  }

  tables(): Record<PersonTable, TableData> {
    const ids = this.#ids.bytes;
    const users = { ...this.#users, user_id: ids };
    return {
      users: { table: "users", rows: this.people, columns: users },
      ...this.#logins.tables(ids),
    };
  }
}
