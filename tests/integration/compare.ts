/**
 * Compares every value of a database with the Parquet tables from which it was loaded.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { databaseTable } from "../../etl/load/database/ddl/model.ts";
import { names, sql, textOf } from "../../etl/load/database/ddl/builder.ts";
import type { Database, Value } from "../../etl/load/database/connection/session.ts";
import { openDataset } from "../../etl/load/database/loadable.ts";
import { decodeTable } from "../../etl/transform/normalise/decode.ts";
import { columnsOf, TABLE_NAMES, type TableName, TABLES } from "../../schema/mod.ts";

/** Rows per query. */
const PAGE = 50_000;

/** Returns SQL that prints a value as debr does. */
function printed(alias: string, column: string, { type, postgres }: {
  type: string;
  postgres: boolean;
}) {
  const id = sql.id(alias, column);
  if (type === "timestamp") {
    return postgres
      ? sql`to_char(${id}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || case when ${id} < '0001-01-01' then ' BC' else '' end`
      : sql`concat(replace(${id}, ' ', 'T'), 'Z')`;
  }
  return postgres ? sql`${id}::text` : sql`cast(${id} as char)`;
}

/** Returns the query for a page of rows, with codes instead of generated keys. */
function pageQuery({ flavour }: Database, name: TableName): (after: string) => string {
  const postgres = flavour === "postgres";
  const { key, columns } = databaseTable(name);
  const joins = columns.flatMap((column) =>
    column.kind === "value" ? [] : [
      sql` join ${sql.id(column.table)} as ${sql.id(`p_${column.table}`)} on ${
        sql.id(`p_${column.table}`, column.name)
      } = ${sql.id("t", column.name)}`,
    ]
  );
  const values = columnsOf(TABLES[name]).map((column) => {
    const reference = columns.find((it) => it.kind === "reference" && it.by === column.name);
    const alias = reference?.kind === "reference" ? `p_${reference.table}` : "t";
    return printed(alias, column.name, { type: column.type, postgres });
  });
  // Without straight_join, MariaDB begins with the smallest table and sorts all rows for every page.
  const select = sql.raw(postgres ? "select" : "select straight_join");
  return (after) =>
    textOf(
      sql`${select} ${sql.id("t", key)}, ${sql.join(values)} from ${sql.id(name)} as t${
        sql.join(joins, sql``)
      } where ${sql.id("t", key)} > ${sql.raw(after)} order by ${sql.id("t", key)} limit ${
        sql.lit(PAGE)
      }`,
      flavour,
    );
}

/** Reads all rows of a table in ascending order, each as one text. */
async function rowsOf(database: Database, name: TableName): Promise<string[]> {
  const query = pageQuery(database, name);
  const all: string[] = [];
  for (let after = "0";;) {
    const page: Value[][] = await database.rows(query(after));
    for (const [key, ...values] of page) {
      after = String(key);
      all.push(JSON.stringify(values.map(String)));
    }
    if (page.length < PAGE) return all.sort();
  }
}

/** Reads all rows of a Parquet table in the format of {@link rowsOf}. */
export async function expectedRows(root: string, name: TableName): Promise<string[]> {
  const dataset = await openDataset(root);
  const all: string[] = [];
  for await (const data of dataset.read(name)) {
    const columns = Object.values(decodeTable(data)) as (string | number)[][];
    for (let row = 0; row < data.rows; row++) {
      all.push(JSON.stringify(columns.map((column) => String(column[row]))));
    }
  }
  return all.sort();
}

/** Asserts that every table of the database has exactly the rows of the dataset. */
export async function assertSameRows(database: Database, root: string): Promise<void> {
  for (const name of TABLE_NAMES) {
    const [actual, expected] = [await rowsOf(database, name), await expectedRows(root, name)];
    const at = expected.findIndex((row, index) => row !== actual[index]);
    assertEquals(actual[at], expected[at], `${name}: first row that differs`);
    assertEquals(actual.length, expected.length, name);
  }
}

/** Hashes the content of all tables including generated keys, to detect any change. */
export async function fingerprint(database: Database): Promise<string> {
  const parts: string[] = [];
  for (const name of TABLE_NAMES) {
    const { key, columns } = databaseTable(name);
    const all = names([key, ...columns.map((column) => column.name)]);
    const query = sql`select ${all} from ${sql.id(name)} order by ${sql.id(key)}`;
    const rows = await database.rows(textOf(query, database.flavour));
    parts.push(rows.map((row) => row.map(String).join("\t")).join("\n"));
  }
  const bytes = new TextEncoder().encode(parts.join("\f"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
