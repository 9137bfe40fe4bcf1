// How many rows stand at the ends of a foreign key, as far as keys say.
import type { AnyTable, ForeignKey } from "../../../schema/mod.ts";

/** Rows of the referencing table for one row pointed to. The other end is always exactly one. */
export type Cardinality = "exactly one" | "zero or one" | "one or more" | "zero or more";

/** A foreign key of a table. */
export interface Relation {
  /** The referencing table. */
  readonly from: string;
  /** The table pointed to. */
  readonly to: string;
  /** The column, named the same in both. */
  readonly column: string;
  /** Rows of `from` for one row of `to`. */
  readonly cardinality: Cardinality;
}

function cardinality({ primaryKey }: AnyTable, { column, total }: ForeignKey): Cardinality {
  const single = primaryKey.length === 1 && primaryKey[0] === column;
  if (single) return total ? "exactly one" : "zero or one";
  return total ? "one or more" : "zero or more";
}

/** The foreign keys of tables that point to one of them. */
export function relationsOf(tables: readonly AnyTable[]): readonly Relation[] {
  const names = new Set(tables.map(({ name }) => name));
  return tables.flatMap((table) =>
    table.foreignKeys.filter(({ references }) => names.has(references)).map((key) => ({
      from: table.name,
      to: key.references,
      column: key.column,
      cardinality: cardinality(table, key),
    }))
  );
}
