// Compares the tables of a database with those of the schema.
import {
  Alter,
  type Catalog,
  createWhole,
  DATABASE_TABLES,
  expectedTables,
  META_TABLE,
} from "../../load/database/mod.ts";
import { compareColumns, findRenamed, namedBack } from "./columns.ts";
import { type Difference, NOTHING, type Pair } from "./difference.ts";
import { compareKeys } from "./keys.ts";

export function missingTables({ tables }: Catalog): string[] {
  return DATABASE_TABLES.map(({ name }) => name).filter((name) => !tables.has(name));
}

function missingTable({ table, catalog: { flavour } }: Omit<Pair, "found">): Difference {
  return {
    kind: "missing_table",
    place: table.name,
    expected: "a table",
    found: NOTHING,
    next: { code: "table_gone" },
    sql: createWhole(flavour, [table]),
  };
}

function addedTables({ tables }: Catalog): Difference[] {
  const known = new Set([...DATABASE_TABLES.map(({ name }) => name), META_TABLE]);
  const added = [...tables.values()].filter(({ name, kind }) =>
    kind === "table" && !known.has(name)
  );
  return added.map(({ name, columns }) => ({
    kind: "added_table",
    place: name,
    expected: NOTHING,
    found: `a table of ${columns.length} ${columns.length === 1 ? "column" : "columns"}`,
    next: "Move it to a database of its own",
  }));
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
  const differences: Difference[] = [];
  if (found.kind !== "table" || found.special !== "") {
    differences.push({
      kind: "changed_table",
      place,
      expected: "a plain table",
      found: [found.kind, found.special].filter((text) => text !== "").join(", "),
      ...putBack({ place, found, alter }),
    });
  }
  if (found.comment !== expected.comment) {
    differences.push({
      kind: "comment",
      place,
      expected: expected.comment,
      found: found.comment || NOTHING,
      sql: [alter.commentTable(table)],
    });
  }
  const triggers = found.triggers.map(({ name, special }): Difference => ({
    kind: "trigger",
    place: `${place}: ${name}`,
    expected: NOTHING,
    found: special === "" ? "a trigger" : `a trigger, ${special}`,
    sql: [alter.drop("trigger", { table: place, name })],
  }));
  return [...differences, ...triggers];
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
