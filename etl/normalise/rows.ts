/**
 * From people to rows: collects validated people into the six tables, each person once.
 *
 * @module
 */
import type { Person, Row } from "../../schema/mod.ts";
import { type ColumnsOf, growColumns, makeColumns, type TableData } from "./columns.ts";
import { codeOf, copyRank, setUuid, userId } from "./identity.ts";

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

/** Collects people and gives them back as columns. */
export class Rows {
  readonly references: References = makeReferences();
  #people = 0;
  #capacity = 1024;
  #users: ColumnsOf<"users">;
  #logins: ColumnsOf<"logins">;
  /** The alternative id of each person, `null` where there is none. */
  readonly #altids: Person["id"][] = [];
  /** Rows by id, and which copy of the person each holds. */
  readonly #seen = new Map<string, number>();
  readonly #ranks: number[] = [];
  /** Codes by the values they stand for, so that each is hashed once. */
  readonly #codes = new Map<string, string>();

  constructor() {
    this.#users = makeColumns("users", this.#capacity);
    this.#logins = makeColumns("logins", this.#capacity);
  }

  /** How many people were added. */
  get people(): number {
    return this.#people;
  }

  /**
   * Adds a person; answers whether the person was not yet there. Of a person who was, the copy of
   * the lowest {@link copyRank} is kept.
   */
  add(person: Person): boolean {
    const id = userId(person);
    const rank = copyRank(person);
    const known = this.#seen.get(id);
    if (known !== undefined) {
      if (rank < this.#ranks[known]!) this.#setLogin(person, { row: known, rank });
      return false;
    }
    if (this.#people === this.#capacity) this.#grow();
    const row = this.#people++;
    this.#seen.set(id, row);
    this.#addUser(person, { row, id });
    setUuid(this.#logins.user_id, { row, uuid: id });
    this.#setLogin(person, { row, rank });
    return true;
  }

  #grow(): void {
    const rows = this.#capacity *= 2;
    this.#users = growColumns("users", { columns: this.#users, rows });
    this.#logins = growColumns("logins", { columns: this.#logins, rows });
  }

  #addUser(person: Person, { row, id }: { row: number; id: string }): void {
    const users = this.#users;
    const { name, location } = person;
    setUuid(users.user_id, { row, uuid: id });
    users.gender.push(person.gender);
    users.title.push(name.title);
    users.first_name.push(name.first);
    users.last_name.push(name.last);
    users.email.push(person.email);
    users.phone.push(person.phone);
    users.cell.push(person.cell);
    users.date_of_birth[row] = Date.parse(person.dob.date);
    users.registered_at[row] = Date.parse(person.registered.date);
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

  #setLogin({ login, id }: Person, { row, rank }: { row: number; rank: number }): void {
    this.#ranks[row] = rank;
    setUuid(this.#logins.login_external_uuid, { row, uuid: login.uuid });
    this.#logins.username[row] = login.username;
    this.#logins.sha256[row] = login.sha256;
    this.#altids[row] = id;
  }

  #altidColumns(): { rows: number; columns: ColumnsOf<"altids"> } {
    const having = [...this.#altids.entries()].filter(([, { value }]) => value !== null);
    const columns = makeColumns("altids", having.length);
    for (const [at, [row, { name, value }]] of having.entries()) {
      columns.user_id.set(this.#users.user_id.subarray(row * 16, row * 16 + 16), at * 16);
      columns.altid_name.push(name);
      columns.altid_value.push(value ?? "");
    }
    return { rows: having.length, columns };
  }

  #country({ nat, location }: Person): string {
    const { countries } = this.references;
    if (!countries.has(nat)) {
      countries.set(nat, { country_code: nat, country_name: location.country });
    }
    return nat;
  }

  #code(values: readonly string[], found: (code: string) => void): string {
    const key = values.join("\u001f");
    let code = this.#codes.get(key);
    if (code === undefined) {
      this.#codes.set(key, code = codeOf(values));
      found(code);
    }
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
    const sorted = [...this.#seen.keys()].sort();
    const ids = new Uint8Array(sorted.length * 16);
    for (const [row, uuid] of sorted.entries()) setUuid(ids, { row, uuid });
    const ranks = Float64Array.from(sorted, (id) => this.#ranks[this.#seen.get(id)!]!);
    return { ids, ranks };
  }

  /** The three tables that have rows for each person. */
  tables(): Record<PersonTable, TableData> {
    return {
      users: { table: "users", rows: this.#people, columns: this.#users },
      logins: { table: "logins", rows: this.#people, columns: this.#logins },
      altids: { table: "altids", ...this.#altidColumns() },
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
  const columns: Record<string, string[]> = makeColumns(table, 0);
  for (const [name, values] of Object.entries(columns)) {
    for (const row of rows) values.push(row[name] ?? "");
  }
  return { table, rows: rows.length, columns };
}
