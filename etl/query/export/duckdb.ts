import { type AnyTable, columnsOf, TABLE_NAMES, TABLES } from "../../../schema/mod.ts";
import { DebrError } from "../../common/errors.ts";
import { commentOf } from "../../load/database/mod.ts";
import { cannotWrite } from "../../load/dataset/mod.ts";
import { VIEWS } from "../questions.ts";
import { openSteady } from "../dataset.ts";
import { type Engine, identifier, literal } from "../engine.ts";
import { damageOr } from "../parts.ts";
import { DUCKDB_TYPE, type Exporting, keyClauses, keysOf } from "./exporting.ts";

function createTable(table: AnyTable): string[] {
  const name = identifier(table.name);
  const columns = columnsOf(table);
  const lines = [
    ...columns.map(({ name, type }) => `${identifier(name)} ${DUCKDB_TYPE[type]} not null`),
    ...keyClauses(table),
  ];
  const described = `${table.description} ${keysOf(table)}`;
  return [
    `create table ${name} (${lines.join(", ")})`,
    `comment on table ${name} is ${literal(described)}`,
    ...columns.map((column) =>
      `comment on column ${name}.${identifier(column.name)} is ${literal(commentOf(column))}`
    ),
    `insert into ${name} select * from memory.main.${name}`,
  ];
}

const STATEMENTS = [
  "use exported",
  ...TABLE_NAMES.flatMap((name) => createTable(TABLES[name])),
  ...VIEWS.flatMap(({ name, title, sql }) => [
    `create view ${identifier(name)} as ${sql}`,
    `comment on view ${identifier(name)} is ${literal(title)}`,
  ]),
  "use memory",
  "detach exported",
];

/** Reads the table and view names of an existing file; `undefined` if it is not a database. */
async function namesIn(engine: Engine, path: string): Promise<string[] | undefined> {
  try {
    await engine.execute(`attach ${literal(path)} as found (read_only)`);
  } catch {
    return undefined;
  }
  const { rows } = await engine.list(
    `select table_name from duckdb_tables() where database_name = 'found' union all
     select view_name from duckdb_views() where database_name = 'found' and not internal`,
  );
  await engine.execute("detach found");
  return rows.map(([name]) => String(name));
}

async function run(engine: Engine, { file, path, signal, requireOwn }: Exporting): Promise<void> {
  if (requireOwn) requireOwn(await namesIn(engine, path));
  await engine.execute(`attach ${literal(file)} as exported`, signal);
  for (const sql of STATEMENTS) await engine.execute(sql, signal);
}

/** Suffixes of the files that DuckDB opens for a database. */
const WRITTEN = ["", ".wal", ".wal.checkpoint", ".wal.recovery"];

export async function writeDuckdb(exporting: Exporting): Promise<void> {
  const { data, file, path, signal } = exporting;
  const writes = [file, path].flatMap((name) => WRITTEN.map((ending) => name + ending));
  const { engine, known } = await openSteady(data, { engine: "native", writes });
  try {
    await run(engine, exporting);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const found = await damageOr(error, { parts: known, engine });
    if (found !== error || error instanceof DebrError) throw found;
    throw cannotWrite(path, { cause: error as Error, step: "export" });
  } finally {
    engine.close();
  }
}
