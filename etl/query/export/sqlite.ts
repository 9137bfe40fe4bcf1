// Exports a SQLite file: tables with keys. SQLite keeps comments as part of the statements.
import {
  type AnyTable,
  columnsOf,
  type ColumnType,
  type NamedColumn,
  TABLE_NAMES,
  TABLES,
} from "../../../schema/mod.ts";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { openDataset } from "../dataset.ts";
import { type Cell, identifier } from "../engine.ts";
import { commentOf } from "../../load/database/mod.ts";
import { cannotWrite } from "../../load/dataset/mod.ts";
import { type Exporting, keyClauses } from "./exporting.ts";

const TYPE: Readonly<Record<ColumnType, string>> = {
  text: "text",
  uuid: "text",
  integer: "integer",
  // A double keeps four decimal places exactly: printf('%.4f', latitude) prints them.
  decimal: "real",
  timestamp: "text",
};

function createTable(table: AnyTable): string {
  const lines = columnsOf(table).map((column) =>
    `${identifier(column.name)} ${TYPE[column.type]} not null, -- ${commentOf(column)}`
  );
  const keys = keyClauses(table).join(",\n  ");
  return `create table ${identifier(table.name)} ( -- ${table.description}
  ${lines.join("\n  ")}
  ${keys}
) without rowid`;
}

function selected({ name, type }: NamedColumn): string {
  const column = identifier(name);
  return type === "timestamp" ? `strftime(${column}, '%Y-%m-%d %H:%M:%S.%g') as ${column}` : column;
}

function value(cell: Cell, type: ColumnType): string | number {
  return TYPE[type] === "text" ? String(cell) : Number(cell);
}

function namesIn(path: string): string[] | undefined {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    return database.prepare("select name from sqlite_master where type in ('table', 'view')").all()
      .map(({ name }) => String(name));
  } catch {
    return undefined;
  }
}

async function fill(database: DatabaseSync, { data, engine, signal }: Exporting): Promise<void> {
  using dataset = await openDataset(data, { engine });
  for (const name of TABLE_NAMES) {
    const columns = columnsOf(TABLES[name]);
    database.exec(createTable(TABLES[name]));
    const insert: StatementSync = database.prepare(
      `insert into ${identifier(name)} values (${columns.map(() => "?").join(", ")})`,
    );
    const select = `select ${columns.map(selected).join(", ")} from ${name}`;
    await using result = await dataset.query(select);
    for await (const rows of result.batches()) {
      signal.throwIfAborted();
      for (const row of rows) insert.run(...row.map((cell, at) => value(cell, columns[at]!.type)));
    }
  }
}

export async function writeSqlite(exporting: Exporting): Promise<void> {
  const { file, path, requireOwn } = exporting;
  if (requireOwn) requireOwn(namesIn(path));
  using database = new DatabaseSync(file);
  try {
    // No journal is needed, because only a complete file is renamed into place.
    database.exec("pragma journal_mode = off; begin");
    await fill(database, exporting);
    database.exec("commit");
  } catch (cause) {
    if (!(cause instanceof Error && "errcode" in cause)) throw cause;
    throw cannotWrite(path, { cause, step: "export" });
  }
}
