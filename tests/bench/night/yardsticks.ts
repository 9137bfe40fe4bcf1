// Input for the yardsticks of a night: the tables as CSV, scripts that load them, and the statements
// of `check` for the engines' own clients.
import { columnsOf, TABLE_NAMES, TABLES } from "../../../schema/mod.ts";
import { createStage, stageName } from "../../../etl/load/database/merge.ts";
import { type Answer, connect, parseTarget } from "../../../etl/load/database/mod.ts";
import { askDataset, type Asked } from "../../../etl/quality/check/ask.ts";
import { askDatabase } from "../../../etl/quality/check/database.ts";
import { suiteOf } from "../../../etl/quality/check/mod.ts";
import { checkAsked } from "../../../etl/quality/check/tables.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import type { Server } from "../../integration/servers.ts";
import { measure } from "../measure.ts";
import type { Kind } from "./servers.ts";

/** Returns SQL that makes DuckDB views of the Parquet tables. */
export function views(data: string): string {
  return TABLE_NAMES
    .map((name) => `create view ${name} as from '${data}/tables/${name}/*.parquet';`).join("\n");
}

/** Writes the tables of a dataset as CSV, with DuckDB's command line. */
export async function writeCsv(
  duckdb: string,
  { data, out }: { readonly data: string; readonly out: string },
): Promise<void> {
  await Deno.mkdir(out, { recursive: true });
  const copies = TABLE_NAMES.map((name) => `copy ${name} to '${out}/${name}.csv' (header false);`);
  await measure([duckdb, "-c", [views(data), ...copies].join("\n")]);
}

/** Returns a script that loads the CSV files into new tables with the same columns and primary keys. */
export function copyScript(kind: Kind, csv: string): string {
  return TABLE_NAMES.flatMap((table) => {
    const name = stageName(table);
    const key = TABLES[table].primaryKey.join(", ");
    const create = createStage(table, kind === "postgres" ? "postgres" : "mariadb")
      .replace("temporary ", "");
    const path = `'${csv}/${table}.csv'`;
    const copy = kind === "postgres"
      ? `\\copy ${name} from ${path} csv`
      : `load data local infile ${path} into table ${name} character set utf8mb4 ` +
        `fields terminated by ',' optionally enclosed by '"' escaped by '' ` +
        `(${columnsOf(TABLES[table]).map((column) => column.name).join(", ")});`;
    return [`${create};`, `alter table ${name} add primary key (${key});`, copy];
  }).join("\n");
}

/** A query of `check` and its answers. */
interface Recorded {
  readonly sql: string;
  readonly answers: Answer[];
}

/** Records the queries of `check`. */
async function recordQueries(asked: Asked): Promise<Recorded[]> {
  const queries: Recorded[] = [];
  const ask = async (sql: string) => {
    const answers = await asked.ask(sql);
    queries.push({ sql: asked.whole(sql), answers });
    return answers;
  };
  await checkAsked(suiteOf("tables"), {
    asked: { ...asked, ask },
    now: Date.now(),
    written: () => Promise.resolve(undefined),
  });
  return queries;
}

const textOf = (all: readonly Recorded[]) => all.map(({ sql }) => `${sql};\n`).join("");

async function askParquet(data: string): Promise<Recorded[]> {
  const dataset = await openDataset(data, { engine: "native" });
  try {
    return await recordQueries(askDataset(dataset));
  } finally {
    dataset.close();
  }
}

/** Returns the statements of `check` on Parquet, with the views they need. */
export async function datasetStatements(data: string): Promise<string> {
  return `${views(data)}\n${textOf(await askParquet(data))}`;
}

/**
 * Returns the statements of `check --stage database`. The answers come from the Parquet tables, because
 * the database would take as long as the step itself.
 */
export async function databaseStatements({ url }: Server, data: string): Promise<string> {
  await using database = await connect(await parseTarget(url("people")));
  const asked = await askDatabase(database);
  const known = (await askParquet(data)).map(({ answers }) => answers);

  const queries = await recordQueries({ ...asked, ask: () => Promise.resolve(known.shift()!) });
  if (known.length > 0) throw new Error("Cannot list the statements of check: some are missing");
  return textOf(queries);
}
