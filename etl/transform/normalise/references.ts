// Countries, time zones and portraits: few rows, each made for the first person who refers to it.
import { columnsOf, type Row, TABLES } from "../../../schema/mod.ts";
import { spanOf, type Spans } from "../../common/utf8.ts";
import { FIELDS, type PersonFields } from "../validate/fields.ts";
import { makeColumns, type TableData } from "./columns.ts";
import { DistinctTexts } from "./distinct.ts";
import { codeOf, type PersonValues, SEPARATOR, VALUE_COLUMNS } from "./identity.ts";
import type { Texts } from "./texts.ts";

export interface References {
  readonly countries: Map<string, Row<"countries">>;
  readonly timezones: Map<string, Row<"timezones">>;
  readonly media: Map<string, Row<"media">>;
}

export function makeReferences(): References {
  return { countries: new Map(), timezones: new Map(), media: new Map() };
}

interface Key {
  readonly table: keyof References;
  /** The position among {@link VALUE_COLUMNS}. */
  readonly column: number;
}

/** The references of one column of `users`. */
class Pointer {
  readonly references: References;
  readonly key: Key;
  /** The field with the code; -1 if the code is computed from the values. */
  readonly #field: number;
  readonly #values = new DistinctTexts();
  readonly #codes: Spans[] = [];

  constructor(references: References, key: Key) {
    this.references = references;
    this.key = key;
    this.#field = FIELDS.indexOf(VALUE_COLUMNS[key.column]!.source);
  }

  clear(): void {
    this.#values.clear();
    this.#codes.length = 0;
    this.references[this.key.table].clear();
  }

  /** The code of a person as UTF-8; adds its row if it is new. */
  code(values: PersonValues, person: PersonFields): Spans {
    return this.#codes[this.#values.number(values, this.key.column)] ?? this.#add(values, person);
  }

  #add(values: PersonValues, person: PersonFields): Spans {
    const { table, column } = this.key;
    const texts = values.text(column)!.split(SEPARATOR);
    const code = this.#field === -1 ? codeOf(texts) : person.text(this.#field)!;
    const columns = columnsOf(TABLES[table]);
    const row = Object.fromEntries([code, ...texts].map((text, at) => [columns[at]!.name, text]));
    (this.references[table] as Map<string, unknown>).set(code, row);
    const span = spanOf(code);
    this.#codes.push(span);
    return span;
  }
}

/** Makes the pointers by position in {@link VALUE_COLUMNS}; `undefined` for other columns. */
export function makePointers(references: References): readonly (Pointer | undefined)[] {
  return VALUE_COLUMNS.map(({ name }, column) => {
    const key = TABLES.users.foreignKeys.find((key) => key.column === name);
    return key && new Pointer(references, { table: key.references as keyof References, column });
  });
}

/** Converts rows to columns, sorted by key so that bytes do not depend on the order of people. */
export function referenceTable(table: keyof References, references: References): TableData {
  const rows = [...references[table]].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, row]) => row as unknown as Record<string, string>);
  const columns: Record<string, Texts> = makeColumns(table, 0);
  for (const [name, values] of Object.entries(columns)) {
    for (const row of rows) values.push(row[name] ?? "");
  }
  return { table, rows: rows.length, columns };
}
