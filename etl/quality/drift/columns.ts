// Compares the columns of a table.
import type { Aspect, CatalogColumn, CatalogTable, Key } from "../../load/database/mod.ts";
import { type Difference, type DifferenceKind, NOTHING, type Pair } from "./difference.ts";

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
  { expected, found }: { expected: CatalogColumn; found: CatalogColumn },
): Difference[] {
  return ASPECTS.flatMap(({ kind, aspect, of }) => {
    const [wanted, there] = [of(expected), of(found)];
    // A different type implies a different collation.
    const implied = aspect === "collation" && found.type !== expected.type;
    if (wanted === there || implied) return [];
    return [{
      kind,
      place: `${pair.table.name}.${expected.name}`,
      expected: wanted,
      found: there,
      sql: [pair.alter.column(aspect, columnOf(pair, expected.name))],
    }];
  });
}

/** Maps old to new names: a missing column and the only similar added column. */
export function findRenamed(
  { expected, found }: Pick<Pair, "expected" | "found">,
): ReadonlyMap<string, string> {
  const only = (some: CatalogTable, others: CatalogTable) =>
    some.columns.filter(({ name }) => !others.columns.some((other) => other.name === name));
  const [missing, added] = [only(expected, found), only(found, expected)];
  const alike = (column: CatalogColumn, others: readonly CatalogColumn[]) =>
    others.filter(({ type, comment }) => type === column.type && comment === column.comment);
  return new Map(missing.flatMap((column) => {
    const [other, ...more] = alike(column, added);
    const isOne = other !== undefined && more.length === 0 && alike(other, missing).length === 1;
    return isOne ? [[column.name, other.name] as const] : [];
  }));
}

/** Returns a table with its renamed columns under their old names. */
export function namedBack(
  table: CatalogTable,
  renamed: ReadonlyMap<string, string>,
): CatalogTable {
  const old = new Map([...renamed].map(([before, now]) => [now, before]));
  const back = (name: string) => old.get(name) ?? name;
  const keys = <K extends Key>(list: readonly K[]) =>
    list.map((key) => ({ ...key, columns: key.columns.map(back) }));
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: back(column.name) })),
    primaryKey: keys(table.primaryKey),
    unique: keys(table.unique),
    foreignKeys: keys(table.foreignKeys),
    indexes: keys(table.indexes),
    checks: table.checks.map((check) => ({
      ...check,
      text: check.text.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, back),
    })),
  };
}

function missingColumn(pair: Pair, { name, type }: CatalogColumn): Difference {
  const of = columnOf(pair, name);
  const { alter } = pair;
  return {
    kind: "missing_column",
    place: `${pair.table.name}.${name}`,
    expected: `${type} not null`,
    found: NOTHING,
    next: { code: "column_missing", sql: alter.column("nullability", of) },
    sql: [alter.addColumn(of)],
  };
}

export function compareColumns(
  pair: Pair,
  renamed: ReadonlyMap<string, string>,
): Difference[] {
  const { table: { name: table }, expected, found, alter } = pair;
  const there = new Map(found.columns.map((column) => [column.name, column]));
  const known = new Set(expected.columns.map(({ name }) => name));
  const ours = expected.columns.flatMap((column): Difference[] => {
    const same = there.get(column.name);
    if (same === undefined) return [missingColumn(pair, column)];
    const differences = compareColumn(pair, { expected: column, found: same });
    const now = renamed.get(column.name);
    if (now === undefined) return differences;
    return [{
      kind: "renamed_column",
      place: `${table}.${column.name}`,
      expected: column.name,
      found: now,
      sql: [alter.rename({ table, name: now }, column.name)],
    }, ...differences];
  });
  const added = found.columns.filter(({ name }) => !known.has(name));
  const theirs = added.map(({ name, type, nullable }): Difference => ({
    kind: "added_column",
    place: `${table}.${name}`,
    expected: NOTHING,
    found: nullable ? type : `${type} not null`,
    // No SQL, because dropping the column would lose values that debr cannot restore.
    next: "Copy its values elsewhere, then drop it",
  }));
  return [...ours, ...theirs];
}
