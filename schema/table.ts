/**
 * What a table is: its columns in order, its key, and what its columns point to.
 *
 * @module
 */
import * as v from "valibot";
import { type Column, type ColumnMeta, columnMeta, type Privacy } from "./column.ts";
import type { Schema } from "./valibot/schema.ts";

/** The columns of a table, in the order they are written. */
export type Columns = Readonly<Record<string, Column>>;

/** Columns that hold the primary key of another table. */
export interface ForeignKey<Name extends string = string> {
  /** The column of this table. */
  readonly column: Name;
  /** The table it points to; the column there has the same name. */
  readonly references: string;
  /** Whether every row pointed to has a row here: a login for every user, but not an alternative id. */
  readonly total?: boolean;
}

/** A table: what `schema/tables/*.ts` declare and everything else derives from. */
export interface Table<Name extends string = string, C extends Columns = Columns> {
  /** Its name, in the plural: that of its folder of Parquet files, too. */
  readonly name: Name;
  /** What one row is, in a sentence. */
  readonly description: string;
  /** Its columns by name. */
  readonly columns: C;
  /** The columns whose values together name one row. */
  readonly primaryKey: readonly (keyof C & string)[];
  /** Columns that point to another table. */
  readonly foreignKeys: readonly ForeignKey<keyof C & string>[];
  /** One row, as it is printed: UUIDs, timestamps and decimals as text, integers as numbers. */
  readonly row: Schema;
}

/** A table whose columns are not known by type: what handles whichever tables there are takes it. */
export interface AnyTable extends Omit<Table, "row"> {
  /** One row, as it is printed. */
  readonly row: Schema;
}

/** Declares a table. */
export function table<const Name extends string, const C extends Columns>(
  spec: Omit<Table<Name, C>, "row">,
): Table<Name, C> {
  return { ...spec, row: v.strictObject(spec.columns) };
}

/** A column with its name. */
export interface NamedColumn extends ColumnMeta {
  /** Its name in its table. */
  readonly name: string;
}

/** The columns of a table in order, each with its name and what it declares. */
export function columnsOf(table: Pick<Table, "columns">): readonly NamedColumn[] {
  return Object.entries(table.columns).map(([name, schema]) => ({ name, ...columnMeta(schema) }));
}

const GUARD: readonly Privacy[] = ["public", "personal", "sensitive"];

/** The privacy class of a table: that of its most guarded column. */
export function tablePrivacy(table: Pick<Table, "columns">): Privacy {
  const worst = Math.max(...columnsOf(table).map(({ privacy }) => GUARD.indexOf(privacy)));
  return GUARD[worst] ?? "sensitive";
}
