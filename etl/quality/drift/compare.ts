import { plural } from "../../common/counts.ts";
import {
  Alter,
  type Aspect,
  type Catalog,
  type CatalogColumn,
  type CatalogTable,
  createWhole,
  DATABASE_TABLES,
  expectedTables,
  type Key,
  META_TABLE,
} from "../../load/database/mod.ts";
import { differ, type Difference, NOTHING, type Pair } from "./difference.ts";
import { compareKeys } from "./keys.ts";

const ASPECTS: Readonly<Record<Aspect, (column: CatalogColumn) => string>> = {
  type: ({ type }) => type,
  nullability: ({ nullable }) => nullable ? "may be null" : "not null",
  default: (column) => column.default ?? NOTHING,
  identity: ({ made }) => made ?? NOTHING,
  collation: ({ collation }) => collation ?? NOTHING,
  comment: ({ comment }) => comment || NOTHING,
};

function columnOf({ table }: Pair, name: string) {
  return { table, column: table.columns.find((column) => column.name === name) };
}

function compareColumn(pair: Pair, ours: CatalogColumn, theirs: CatalogColumn): Difference[] {
  const place = `${pair.table.name}.${ours.name}`;
  return Object.entries(ASPECTS).flatMap(([name, of]): Difference[] => {
    const aspect = name as Aspect;
    const [expected, found] = [of(ours), of(theirs)];
    // A different type implies a different collation.
    const implied = aspect === "collation" && theirs.type !== ours.type;
    if (expected === found || implied) return [];
    const kind = aspect === "type" ? "retyped_column" : aspect;
    const sql = [pair.alter.column(aspect, columnOf(pair, ours.name))];
    return [differ(kind, place, { expected, found, sql })];
  });
}

/** Maps old to new names: a missing column and the only similar added column. */
function findRenamed(
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

function namedBack(table: CatalogTable, renamed: ReadonlyMap<string, string>): CatalogTable {
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
  const { table, alter } = pair;
  const of = columnOf(pair, name);
  const next = { code: "column_missing", sql: alter.column("nullability", of) } as const;
  const texts = { expected: `${type} not null`, next, sql: [alter.addColumn(of)] };
  return differ("missing_column", `${table.name}.${name}`, texts);
}

function compareColumns(pair: Pair, renamed: ReadonlyMap<string, string>): Difference[] {
  const { table: { name: table }, expected, found, alter } = pair;
  const there = new Map(found.columns.map((column) => [column.name, column]));
  const known = new Set(expected.columns.map(({ name }) => name));
  const ours = expected.columns.flatMap((column): Difference[] => {
    const same = there.get(column.name);
    if (same === undefined) return [missingColumn(pair, column)];
    const differences = compareColumn(pair, column, same);
    const now = renamed.get(column.name);
    if (now === undefined) return differences;
    const sql = [alter.rename({ table, name: now }, column.name)];
    const texts = { expected: column.name, found: now };
    return [differ("renamed_column", `${table}.${column.name}`, { ...texts, sql }), ...differences];
  });
  const added = found.columns.filter(({ name }) => !known.has(name));
  const theirs = added.map(({ name, type, nullable }) =>
    differ("added_column", `${table}.${name}`, {
      found: nullable ? type : `${type} not null`,
      // No SQL, because dropping the column would lose values that debr cannot restore.
      next: "Copy its values elsewhere, then drop it",
    })
  );
  return [...ours, ...theirs];
}

export function missingTables({ tables }: Catalog): string[] {
  return DATABASE_TABLES.map(({ name }) => name).filter((name) => !tables.has(name));
}

function missingTable({ table, catalog: { flavour } }: Omit<Pair, "found">): Difference {
  const [next, sql] = [{ code: "table_gone" } as const, createWhole(flavour, [table])];
  return differ("missing_table", table.name, { expected: "a table", next, sql });
}

function addedTables({ tables }: Catalog): Difference[] {
  const known = new Set([...DATABASE_TABLES.map(({ name }) => name), META_TABLE]);
  const added = [...tables.values()].filter(({ name, kind }) =>
    kind === "table" && !known.has(name)
  );
  return added.map(({ name, columns }) => {
    const found = `a table of ${plural(columns.length, "column")}`;
    return differ("added_table", name, { found, next: "Move it to a database of its own" });
  });
}

/** Suggests statements that undo changes, or else to move the rows into a new table. */
function putBack(
  { place, found, alter }: Pick<Pair, "found" | "alter"> & { readonly place: string },
): Pick<Difference, "next" | "sql"> {
  const statements = found.special.split(", ").map((what) => alter.undo(place, what));
  const sql = statements.filter((statement) => statement !== undefined);
  return found.kind === "table" && sql.length === statements.length
    ? { sql }
    : { next: { code: "table_changed" } };
}

function compareTable({ table, expected, found, alter }: Pair): Difference[] {
  const place = table.name;
  const what = found.special === "" ? found.kind : `${found.kind}, ${found.special}`;
  const changed = () =>
    differ("changed_table", place, {
      expected: "a plain table",
      found: what,
      ...putBack({ place, found, alter }),
    });
  const comments = { expected: expected.comment, found: found.comment || NOTHING };
  const comment = () => differ("comment", place, { ...comments, sql: [alter.commentTable(table)] });
  const triggers = found.triggers.map(({ name, special }) =>
    differ("trigger", `${place}: ${name}`, {
      found: special === "" ? "a trigger" : `a trigger, ${special}`,
      sql: [alter.drop("trigger", { table: place, name })],
    })
  );
  return [
    ...(what === "table" ? [] : [changed()]),
    ...(found.comment === expected.comment ? [] : [comment()]),
    ...triggers,
  ];
}

export function compareCatalog(catalog: Catalog): Difference[] {
  const expected = expectedTables(catalog.flavour);
  const alter = new Alter(catalog.flavour);
  const ours = DATABASE_TABLES.flatMap((table, at) => {
    const pair = { table, expected: expected[at]!, catalog, alter };
    const found = catalog.tables.get(table.name);
    if (found === undefined) return [missingTable(pair)];
    const renamed = findRenamed({ ...pair, found });
    const both: Pair = { ...pair, found: namedBack(found, renamed) };
    return [...compareTable(both), ...compareColumns(both, renamed), ...compareKeys(both)];
  });
  return [...ours, ...addedTables(catalog)];
}
