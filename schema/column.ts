/**
 * What a column is: its type, its privacy class, where it comes from. Declared once, next to the
 * Valibot schema of its values; Parquet types, masks, SQL and documents derive from it.
 *
 * @module
 */
import * as v from "valibot";
import type { Schema } from "./valibot/schema.ts";

/**
 * The privacy classes and what they mean, from least to most guarded. No column is `secret`; fields
 * outside the schema are treated as secret.
 */
export const PRIVACY = {
  public: "says nothing about one person; may be in logs, rejects and reports",
  personal: "tells something about one person; only in tables",
  sensitive: "identifies or gives access to a person; only in tables that can be granted apart",
  secret: "is never kept at all",
} as const;

/** Who may see a value: one of the classes of {@link PRIVACY}. */
export type Privacy = keyof typeof PRIVACY;

/**
 * How a column is stored.
 *
 * - `text`: UTF-8.
 * - `uuid`: 16 bytes, written as lower-case hex with hyphens.
 * - `integer`: 32 bits, signed.
 * - `decimal`: {@link DECIMAL} digits, written with all its places.
 * - `timestamp`: milliseconds since 1970 in UTC, without a time zone.
 */
export type ColumnType = "text" | "uuid" | "integer" | "decimal" | "timestamp";

/** Digits of every `decimal` column: latitude and longitude need 7, of which 4 after the point. */
export const DECIMAL = { precision: 7, scale: 4 } as const;

/** What a column declares about itself, beside the Valibot schema of its values. */
export interface ColumnMeta {
  /** How it is stored. */
  readonly type: ColumnType;
  /** Who may see it. */
  readonly privacy: Exclude<Privacy, "secret">;
  /** What one value says, in a sentence. */
  readonly description: string;
  /** Path in the API's person, or how debr makes it. */
  readonly source: string;
  /** Unit of measure, where there is one. */
  readonly unit?: string;
  /** A value as it is printed. Made up: no real person's. */
  readonly example: string;
}

/** A Valibot schema that carries a {@link ColumnMeta}; its output is the value as it is printed. */
export type Column = Schema<string> | Schema<number>;

/** A column that is stored as `T` and printed as `V`. */
export type TypedColumn<T extends ColumnType, V extends string | number = string> =
  & Schema<V>
  & { readonly "~column"?: T };

/** How the values of a column are stored, as a type. */
export type TypeOf<C> = C extends { readonly "~column"?: infer T extends ColumnType } ? T : never;

/** The values that a schema gives, as a type. */
export type ValueOf<S> = S extends
  { readonly "~types"?: { readonly output: infer Output } | undefined } ? Output : never;

/** Attaches what a column is to the schema of its values. */
export function column<const T extends ColumnType, V extends string | number>(
  schema: Schema<V>,
  meta: ColumnMeta & { readonly type: T },
): TypedColumn<T, V> {
  return v.pipe(schema, v.metadata({ column: meta })) as unknown as TypedColumn<T, V>;
}

/** Reads what {@link column} attached. Throws a `TypeError` where nothing was. */
export function columnMeta(schema: Column): ColumnMeta {
  const { column } = v.getMetadata(schema as Schema) as { column?: ColumnMeta };
  if (column === undefined) throw new TypeError("Cannot read column: it has no metadata");
  return column;
}
