/**
 * From people to rows: collects validated people into the six tables, each person once.
 *
 * @module
 */
import type { Person, Row } from "../../schema/mod.ts";
import { type ColumnsOf, growColumns, makeColumns, type TableData } from "./columns.ts";
import { codeOf, setUuid, userId } from "./identity.ts";
import { IdColumn, orderOfIds } from "./ids.ts";
import { Logins } from "./logins.ts";
import { milliseconds } from "./moment.ts";
import type { Texts } from "./texts.ts";

/** Rows of the tables that repeat: the same few for any number of people, by their key. */
export interface References {
  readonly countries: Map<string, Row<"countries">>;
  readonly timezones: Map<string, Row<"timezones">>;
  readonly media: Map<string, Row<"media">>;
}

/** Empty {@link References}. */
export function makeReferences(): References {
  return { countries: new Map(), timezones: new Map(), media: new Map() };
}

/** The tables that have rows of their own for each person. */
export const PERSON_TABLES = ["users", "logins", "altids"] as const;

/** The name of a table that has rows of its own for each person. */
export type PersonTable = typeof PERSON_TABLES[number];

function scaled(decimal: string): number {
  return Math.round(Number(decimal) * 1e4);
}

/** A value of several texts that repeats, and its code. */
interface Coded {
  readonly values: readonly string[];
  readonly code: string;
}

/** Collects people and gives them back as columns. */
export class Rows {
  readonly references: References = makeReferences();
  #capacity = 1024;
  /** `user_id` of each person. */
  readonly #ids = new IdColumn();
  /** The id that is looked up, as bytes and as words. */
  readonly #id = new Uint8Array(16);
  readonly #idWords = new Uint32Array(this.#id.buffer);
  #users: ColumnsOf<"users"> = makeColumns("users", this.#capacity);
  readonly #logins = new Logins();
  /** Codes by the first of the values they stand for, so that each is hashed once. */
  readonly #codes = new Map<string, Coded[]>();

  /** How many people were added. */
  get people(): number {
    return this.#ids.length;
  }

  /**
   * Adds a person; answers whether the person was not yet there. Of a person who was, the copy of
   * the lowest rank is kept (`copyRank`).
   */
  add(person: Person): boolean {
    setUuid(this.#id, { row: 0, uuid: userId(person) });
    const row = this.people;
    const known = this.#ids.add(this.#idWords);
    if (known >= 0) {
      this.#logins.offer(person, known);
      return false;
    }
    if (row === this.#capacity) this.#grow();
    this.#addUser(person, row);
    this.#logins.add(person);
    return true;
  }

  #grow(): void {
    const rows = this.#capacity *= 2;
    this.#users = growColumns("users", { columns: this.#users, rows });
  }

  #addUser(person: Person, row: number): void {
    const users = this.#users;
    const { name, location } = person;
    users.gender.push(person.gender);
    users.title.push(name.title);
    users.first_name.push(name.first);
    users.last_name.push(name.last);
    users.email.push(person.email);
    users.phone.push(person.phone);
    users.cell.push(person.cell);
    users.date_of_birth[row] = milliseconds(person.dob.date);
    users.registered_at[row] = milliseconds(person.registered.date);
    users.street_number[row] = location.street.number;
    users.street_name.push(location.street.name);
    users.city.push(location.city);
    users.state.push(location.state);
    users.postcode.push(String(location.postcode));
    users.latitude[row] = scaled(location.coordinates.latitude);
    users.longitude[row] = scaled(location.coordinates.longitude);
    users.country_code.push(this.#country(person));
    users.timezone_code.push(this.#timezone(location.timezone));
    users.media_id.push(this.#portrait(person.picture));
  }

  #country({ nat, location }: Person): string {
    const { countries } = this.references;
    if (!countries.has(nat)) {
      countries.set(nat, { country_code: nat, country_name: location.country });
    }
    return nat;
  }

  #code(values: readonly [string, ...string[]], found: (code: string) => void): string {
    const alike = this.#codes.get(values[0]) ?? [];
    for (const known of alike) {
      if (values.every((value, at) => value === known.values[at])) return known.code;
    }
    const code = codeOf(values);
    this.#codes.set(values[0], [...alike, { values, code }]);
    found(code);
    return code;
  }

  #timezone({ offset, description }: Person["location"]["timezone"]): string {
    return this.#code([offset, description], (timezone_code) => {
      this.references.timezones.set(timezone_code, {
        timezone_code,
        utc_offset: offset,
        description,
      });
    });
  }

  #portrait({ large, medium, thumbnail }: Person["picture"]): string {
    return this.#code([large, medium, thumbnail], (media_id) => {
      this.references.media.set(media_id, {
        media_id,
        large_url: large,
        medium_url: medium,
        thumbnail_url: thumbnail,
      });
    });
  }

  /** The ids of all people in ascending order, 16 bytes each, and the rank of each one's copy. */
  sortedIds(): { ids: Uint8Array<ArrayBuffer>; ranks: Float64Array<ArrayBuffer> } {
    const unsorted = this.#ids.bytes;
    const order = orderOfIds(unsorted);
    const ids = new Uint8Array(unsorted.length);
    order.forEach((row, at) => ids.set(unsorted.subarray(row * 16, row * 16 + 16), at * 16));
    return { ids, ranks: Float64Array.from(order, (row) => this.#logins.ranks[row]!) };
  }

  /** The three tables that have rows for each person. */
  tables(): Record<PersonTable, TableData> {
    const ids = this.#ids.bytes;
    const users = { ...this.#users, user_id: ids };
    return {
      users: { table: "users", rows: this.people, columns: users },
      ...this.#logins.tables(ids),
    };
  }
}

/** A table of {@link References} as columns, in the order of its key, so that bytes do not depend on the order people came in. */
export function referenceTable(
  table: keyof References,
  references: References,
): TableData {
  const rows = [...references[table].entries()]
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, row]) => row as unknown as Record<string, string>);
  const columns: Record<string, Texts> = makeColumns(table, 0);
  for (const [name, values] of Object.entries(columns)) {
    for (const row of rows) values.push(row[name] ?? "");
  }
  return { table, rows: rows.length, columns };
}
