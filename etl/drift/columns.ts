/**
 * Compares the columns of a table.
 *
 * @module
 */
import type { Aspect } from "../ddl/alter.ts";
import type { CatalogColumn } from "./catalog.ts";
import type { Pair } from "./compare.ts";
import { type Difference, type DifferenceKind, NOTHING } from "./difference.ts";

/** What a column is beside its name: which difference it makes, and how it is told. */
const ASPECTS: readonly {
  readonly kind: DifferenceKind;
  readonly aspect: Aspect;
  readonly of: (column: CatalogColumn) => string;
}[] = [
  { kind: "retyped_column", aspect: "type", of: ({ type }) => type },
  {
    kind: "nullability",
    aspect: "nullability",
    of: ({ nullable }) => nullable ? "may be null" : "not null",
  },
  { kind: "default", aspect: "default", of: (column) => column.default ?? NOTHING },
  { kind: "identity", aspect: "identity", of: ({ made }) => made ?? NOTHING },
  { kind: "collation", aspect: "collation", of: ({ collation }) => collation ?? NOTHING },
  { kind: "comment", aspect: "comment", of: ({ comment }) => comment || NOTHING },
];

function columnOf({ table }: Pair, name: string) {
  return { table, column: table.columns.find((column) => column.name === name) };
}

function compareColumn(
  pair: Pair,
  { expected, found }: { readonly expected: CatalogColumn; readonly found: CatalogColumn },
): Difference[] {
  return ASPECTS.flatMap(({ kind, aspect, of }) => {
    const [wanted, there] = [of(expected), of(found)];
    // Another type brings its own collation along.
    const implied = aspect === "collation" && found.type !== expected.type;
    if (wanted === there || implied) return [];
    return [{
      kind,
      place: `${pair.table.name}.${expected.name}`,
      expected: wanted,
      found: there,
      next: pair.alter.column(aspect, columnOf(pair, expected.name)),
    }];
  });
}

/** A column that was added and looks like the missing one: it may have been renamed. */
function renamed(missing: CatalogColumn, added: readonly CatalogColumn[]) {
  const alike = added.filter(({ type, comment }) =>
    type === missing.type && comment === missing.comment
  );
  return alike.length === 1 ? alike[0] : undefined;
}

/** What differs between the columns of a table and those of the schema. */
export function compareColumns(pair: Pair): Difference[] {
  const { table: { name: table }, expected, found, alter } = pair;
  const there = new Map(found.columns.map((column) => [column.name, column]));
  const known = new Set(expected.columns.map(({ name }) => name));
  const added = found.columns.filter(({ name }) => !known.has(name));
  const ours = expected.columns.flatMap((column): Difference[] => {
    const same = there.get(column.name);
    if (same !== undefined) return compareColumn(pair, { expected: column, found: same });
    const other = renamed(column, added);
    const next = other === undefined
      ? `${alter.addColumn(columnOf(pair, column.name))}; deno task load fills it; then ${
        alter.column("nullability", columnOf(pair, column.name))
      }`
      : alter.rename({ table, name: other.name }, column.name);
    return [{
      kind: "missing_column",
      place: `${table}.${column.name}`,
      expected: `${column.type} not null`,
      found: other === undefined ? NOTHING : `renamed ${other.name}`,
      next,
    }];
  });
  const theirs = added.map(({ name, type, nullable }): Difference => ({
    kind: "added_column",
    place: `${table}.${name}`,
    expected: NOTHING,
    found: nullable ? type : `${type} not null`,
    next: alter.drop("column", { table, name }),
  }));
  return [...ours, ...theirs];
}
