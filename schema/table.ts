/**
 * Declares tables: columns in order, primary key and foreign keys.
 *
 * @module
 */
import * as v from "valibot";
import { type Column, type ColumnMeta, columnMeta, type Privacy } from "./column.ts";
import type { Schema } from "./valibot/schema.ts";

/** The columns of a table, in the order in which they are written. */
export type Columns = Readonly<Record<string, Column>>;

/** A foreign key: a column that contains the primary key of another table. */
export interface ForeignKey<Name extends string = string> {
  /** The column of this table. */
  readonly column: Name;
  /** The referenced table; its column has the same name. */
  readonly references: string;
  /** Whether every referenced row has a row here: every user has a login. */
  readonly total?: boolean;
}

/** A table, as `schema/tables/*.ts` declare it; everything else derives from it. */
export interface Table<Name extends string = string, C extends Columns = Columns> {
  /** Its name in the plural; its folder of Parquet files has the same name. */
  readonly name: Name;
  /** The meaning of a row, in a sentence. */
  readonly description: string;
  /** Its columns by name. */
  readonly columns: C;
  /** The columns that together identify a row. */
  readonly primaryKey: readonly (keyof C & string)[];
  /** Columns that reference another table. */
  readonly foreignKeys: readonly ForeignKey<keyof C & string>[];
  /** The schema of a printed row: UUIDs, timestamps and decimals as text, integers as numbers. */
  readonly row: Schema;
}

/** A table with columns of unknown types, for code that handles any table. */
export interface AnyTable extends Omit<Table, "row"> {
  /** The schema of a printed row. */
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

/** Returns the columns of a table in order, each with its name and properties. */
export function columnsOf(table: Pick<Table, "columns">): readonly NamedColumn[] {
  return Object.entries(table.columns).map(([name, schema]) => ({ name, ...columnMeta(schema) }));
}

const GUARD: readonly Privacy[] = ["public", "personal", "sensitive"];

/** Returns the privacy class of a table's most protected column. */
export function tablePrivacy(table: Pick<Table, "columns">): Privacy {
  const worst = Math.max(...columnsOf(table).map(({ privacy }) => GUARD.indexOf(privacy)));
  return GUARD[worst] ?? "sensitive";
}
