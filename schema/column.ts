/**
 * Declares columns: type, privacy class, source. Each column is declared once, next to the Valibot
 * schema of its values; Parquet types, masks, SQL and documents derive from it.
 *
 * @module
 */
import * as v from "valibot";
import type { Schema } from "./valibot/schema.ts";

/**
 * The privacy classes and what they mean, from least to most protected. No column is `secret`;
 * fields outside the schema are treated as secret.
 */
export const PRIVACY = {
  public: "says nothing about one person; may be in logs, rejects and reports",
  personal: "tells something about one person; only in tables",
  sensitive:
    "identifies or gives access to a person; only in tables that can be granted separately",
  secret: "is never kept at all",
} as const;

/** A privacy class of {@link PRIVACY}: who may see a value. */
export type Privacy = keyof typeof PRIVACY;

/**
 * How a column is stored.
 *
 * - `text`: UTF-8.
 * - `uuid`: 16 bytes, written as lower-case hex with hyphens.
 * - `integer`: 32 bits, signed.
 * - `decimal`: {@link DECIMAL} digits, printed with all decimal places.
 * - `timestamp`: milliseconds since 1970 in UTC, without a time zone.
 */
export type ColumnType = "text" | "uuid" | "integer" | "decimal" | "timestamp";

/** Digits of every `decimal` column: latitude and longitude need 7, with 4 after the point. */
export const DECIMAL = { precision: 7, scale: 4 } as const;

/** The properties of a column, in addition to the Valibot schema of its values. */
export interface ColumnMeta {
  /** The type in which it is stored. */
  readonly type: ColumnType;
  /** Its privacy class. */
  readonly privacy: Exclude<Privacy, "secret">;
  /** The meaning of a value, in a sentence. */
  readonly description: string;
  /** The path in the API's person, or how debr computes it. */
  readonly source: string;
  /** Unit of measure, if any. */
  readonly unit?: string;
  /** A printed value, which is invented. */
  readonly example: string;
}

/** A Valibot schema with a {@link ColumnMeta}; its output is the printed value. */
export type Column = Schema<string> | Schema<number>;

/** A column with stored type `T` and printed type `V`. */
export type TypedColumn<T extends ColumnType, V extends string | number = string> =
  & Schema<V>
  & { readonly "~column"?: T };

/** The column type of a column, as a TypeScript type. */
export type TypeOf<C> = C extends { readonly "~column"?: infer T extends ColumnType } ? T : never;

/** The output of a schema, as a TypeScript type. */
export type ValueOf<S> = S extends
  { readonly "~types"?: { readonly output: infer Output } | undefined } ? Output : never;

/** Attaches the properties of a column to the schema of its values. */
export function column<const T extends ColumnType, V extends string | number>(
  schema: Schema<V>,
  meta: ColumnMeta & { readonly type: T },
): TypedColumn<T, V> {
  return v.pipe(schema, v.metadata({ column: meta })) as unknown as TypedColumn<T, V>;
}

/** Reads the properties that {@link column} attached. Throws a `TypeError` if there are none. */
export function columnMeta(schema: Column): ColumnMeta {
  const { column } = v.getMetadata(schema as Schema) as { column?: ColumnMeta };
  if (column === undefined) throw new TypeError("Cannot read column: it has no metadata");
  return column;
}
