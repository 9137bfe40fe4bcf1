// Unlike the values of `users`, logins and alternative ids may differ between copies of a person.
import { fieldAt, type PersonFields } from "../validate/fields.ts";
import { clearTexts, type ColumnsOf, growColumns, makeColumns, type TableData } from "./columns.ts";
import { copyRank, copyUuid } from "./identity.ts";
import { pickIds } from "./ids.ts";
import { Texts } from "./texts.ts";

const UUID = fieldAt("login.uuid");
const USERNAME = fieldAt("login.username");
const SHA256 = fieldAt("login.sha256");
const ALTID_NAME = fieldAt("id.name");
const ALTID_VALUE = fieldAt("id.value");

/** The values of another copy; `value` is missing if it has no id. */
interface Guarded {
  readonly username: string;
  readonly sha256: string;
  readonly name: string;
  readonly value: string | undefined;
}

/** Logins and alternative ids, by row of `users`. */
export class Logins {
  #capacity = 1024;
  #rows = 0;
  #columns: ColumnsOf<"logins"> = makeColumns("logins", this.#capacity);
  /** The rank of the copy in each row. */
  ranks = new Float64Array(this.#capacity);
  #altids = { rows: [] as number[], names: new Texts(), values: new Texts() };
  /** The copies that replace those in a row. */
  readonly #replaced = new Map<number, Guarded>();

  clear(): void {
    this.#rows = 0;
    clearTexts(this.#columns);
    this.#altids.rows = [];
    this.#altids.names.clear();
    this.#altids.values.clear();
    this.#replaced.clear();
  }

  add(person: PersonFields): void {
    if (this.#rows === this.#capacity) this.#grow();
    const row = this.#rows++;
    this.ranks[row] = copyRank(person);
    copyUuid(this.#columns.login_external_uuid, { row, spans: person, at: UUID });
    this.#columns.username.add(person, USERNAME);
    this.#columns.sha256.add(person, SHA256);
    if (!person.has(ALTID_VALUE)) return;
    this.#altids.rows.push(row);
    this.#altids.names.add(person, ALTID_NAME);
    this.#altids.values.add(person, ALTID_VALUE);
  }

  /** Replaces the copy in a row if this one has a lower rank. */
  offer(person: PersonFields, row: number): void {
    const rank = copyRank(person);
    if (rank >= this.ranks[row]!) return;
    this.ranks[row] = rank;
    copyUuid(this.#columns.login_external_uuid, { row, spans: person, at: UUID });
    this.#replaced.set(row, {
      username: person.text(USERNAME)!,
      sha256: person.text(SHA256)!,
      name: person.text(ALTID_NAME)!,
      value: person.text(ALTID_VALUE),
    });
  }

  #grow(): void {
    const rows = this.#capacity *= 2;
    this.#columns = growColumns(this.#columns, rows);
    this.ranks = new Float64Array(this.ranks.buffer.transfer(rows * 8));
  }

  /** Builds new columns, since columns of texts are immutable and differing copies are rare. */
  #applyReplaced(): void {
    if (this.#replaced.size === 0) return;
    const texts = (of: "username" | "sha256") =>
      Texts.from([...this.#columns[of]].map((text, row) => this.#replaced.get(row)?.[of] ?? text));
    this.#columns.username = texts("username");
    this.#columns.sha256 = texts("sha256");
    const [names, values] = [[...this.#altids.names], [...this.#altids.values]];
    const ids = new Map(
      this.#altids.rows.map((row, at) => [row, { name: names[at]!, value: values[at]! }]),
    );
    for (const [row, { name, value }] of this.#replaced) {
      if (value === undefined) ids.delete(row);
      else ids.set(row, { name, value });
    }
    const sorted = [...ids].sort(([a], [b]) => a - b);
    this.#altids = {
      rows: sorted.map(([row]) => row),
      names: Texts.from(sorted.map(([, { name }]) => name)),
      values: Texts.from(sorted.map(([, { value }]) => value)),
    };
    this.#replaced.clear();
  }

  tables(ids: Uint8Array<ArrayBuffer>): { logins: TableData; altids: TableData } {
    this.#applyReplaced();
    const { rows, names, values } = this.#altids;
    const logins = { ...this.#columns, user_id: ids };
    const altids = { user_id: pickIds(ids, rows), altid_name: names, altid_value: values };
    return {
      logins: { table: "logins", rows: this.#rows, columns: logins },
      altids: { table: "altids", rows: rows.length, columns: altids },
    };
  }
}
