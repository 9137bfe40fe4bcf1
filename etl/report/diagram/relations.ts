import type { AnyTable, ForeignKey } from "../../../schema/mod.ts";

/** The number of referencing rows for one referenced row. The other end is always exactly one. */
export type Cardinality = "exactly one" | "zero or one" | "one or more" | "zero or more";

export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly column: string;
  readonly cardinality: Cardinality;
}

function cardinality({ primaryKey }: AnyTable, { column, total }: ForeignKey): Cardinality {
  const single = primaryKey.length === 1 && primaryKey[0] === column;
  if (single) return total ? "exactly one" : "zero or one";
  return total ? "one or more" : "zero or more";
}

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
