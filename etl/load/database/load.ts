// Rows are staged, then one transaction upserts all tables: an interrupted load changes no row.
import { number, plural } from "../../common/counts.ts";
import { TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import { type Flavour, script, sql, textIn } from "./ddl/builder.ts";
import { DestinationError } from "../../common/errors.ts";
import { uuidAt } from "../../transform/normalise/mod.ts";
import { type Database, numberOf } from "./connection/session.ts";
import { encodeRows } from "./encode.ts";
import * as merge from "./merge.ts";
import { type Loadable, openDataset } from "./loadable.ts";
import type { ForgottenIds } from "../dataset/mod.ts";
import { createRole, grantsTo, ROLE_NAMES } from "./roles.ts";
import {
  finishing,
  HISTORY,
  type History,
  inspect,
  lockSettings,
  lockTables,
  preparing,
} from "./state.ts";

interface TableResult {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Deleted rows of forgotten people. */
  readonly deleted: number;
  /** Rows that are only in the database; they are not changed. */
  readonly others: number;
}

export type LoadResult = Readonly<Record<TableName, TableResult>>;

interface LoadOptions {
  readonly root: string;
  /** Seconds to wait for the locks of other loads and writers. */
  readonly lockTimeout: number;
  readonly onPeople?: (people: number) => void;
  readonly signal?: AbortSignal;
  /** Replaced only in tests. */
  readonly history?: History;
}

/** Referencing tables before the referenced one. */
const PERSON_TABLES = ["altids", "logins", "users"] as const;

async function stageForgotten(database: Database, ids: ForgottenIds): Promise<boolean> {
  if (ids.length === 0) return false;
  await database.run(merge.createForgottenStage(database.flavour));
  const lines = Array.from({ length: ids.length / 16 }, (_, row) => `${uuidAt(ids, row)}\n`);
  const table = { name: merge.FORGOTTEN_TABLE, columns: ["user_id"] };
  await database.copy(table, [new TextEncoder().encode(lines.join(""))]);
  return true;
}

async function stageTable(
  database: Database,
  { dataset, table, options }: { dataset: Loadable; table: TableName; options: LoadOptions },
): Promise<number> {
  const { flavour } = database;
  await database.run(merge.createStage(table, flavour));
  const into = { name: merge.stageName(table), columns: merge.stageColumns(table) };
  let rows = 0;
  for await (const data of dataset.read(table)) {
    options.signal?.throwIfAborted();
    const copied = await database.copy(into, encodeRows(data, flavour));
    requireAll(table, { rows: data.rows, found: copied });
    rows += copied;
    if (table === "users") options.onPeople?.(data.rows);
  }
  await database.run(merge.analyzeStage(table, flavour));
  return rows;
}

/** Throws a `DestinationError` if rows were lost because they reference no row. */
function requireAll(table: TableName, { rows, found }: { rows: number; found: number }): void {
  if (found === rows) return;
  const lost = `${number(rows - found)} of ${plural(rows, "row")}`;
  throw new DestinationError(`Cannot load ${table}: ${lost} would break a foreign key`, {
    step: "load",
    next: { code: "rows_lost" },
  });
}

async function mergeTable(
  database: Database,
  { table, rows, deleted }: { table: TableName; rows: number; deleted: number },
): Promise<TableResult> {
  const { flavour } = database;
  const count = textIn(flavour)`select count(*) from ${sql.id(table)}`;
  const before = await numberOf(database, count) ?? 0;
  const empty = before === 0;
  const matching = empty ? 0 : await numberOf(database, merge.countMatching(table, flavour)) ?? 0;
  const updated = empty ? 0 : await database.run(merge.updateChanged(table, flavour));
  const inserted = matching === rows
    ? 0
    : await database.run(merge.insertNew(table, { flavour, empty }));
  requireAll(table, { rows, found: matching + inserted });
  return { inserted, updated, unchanged: matching - updated, deleted, others: before - matching };
}

async function deleteForgotten(database: Database): Promise<Partial<Record<TableName, number>>> {
  const deleted: Partial<Record<TableName, number>> = {};
  for (const table of PERSON_TABLES) {
    deleted[table] = await database.run(merge.deleteForgotten(table, database.flavour));
  }
  return deleted;
}

async function mergeAll(
  database: Database,
  { staged, history, forgetting, options }: {
    staged: ReadonlyMap<TableName, number>;
    history: History;
    forgetting: boolean;
    options: LoadOptions;
  },
): Promise<LoadResult> {
  const { flavour } = database;
  const postgres = flavour === "postgres";
  const state = async () => await inspect(database, history);
  if (postgres) await database.run("begin");
  await lockTables(database, { state, seconds: options.lockTimeout });
  const before = await state();
  for (const statement of preparing(before, { flavour, history })) await database.run(statement);
  // MySQL ends a transaction with every DDL statement.
  if (!postgres) await database.run("start transaction");
  const deleted = forgetting ? await deleteForgotten(database) : {};
  const result: Partial<Record<TableName, TableResult>> = {};
  for (const [table, rows] of staged) {
    options.signal?.throwIfAborted();
    result[table] = await mergeTable(database, { table, rows, deleted: deleted[table] ?? 0 });
  }
  for (const statement of finishing(before, flavour)) await database.run(statement);
  await database.run("commit");
  return result as LoadResult;
}

/** Loads, and makes the session unusable. On a `DestinationError` no row is changed. */
export async function load(database: Database, options: LoadOptions): Promise<LoadResult> {
  const { history = HISTORY } = options;
  const dataset = await openDataset(options.root);
  await inspect(database, history);
  for (const setting of lockSettings(database.flavour, options.lockTimeout)) {
    await database.run(setting);
  }
  const forgetting = await stageForgotten(database, dataset.forgotten);
  const staged = new Map<TableName, number>();
  for (const table of TABLE_NAMES) {
    staged.set(table, await stageTable(database, { dataset, table, options }));
  }
  return await mergeAll(database, { staged, history, forgetting, options });
}

function section(title: string, statements: readonly string[]): string {
  return `-- ${title}\n${script(statements)}\n`;
}

/** Returns the SQL of a load into an empty database, formatted for readers. */
export function planText(flavour: Flavour, schema: string): string {
  const postgres = flavour === "postgres";
  const together = postgres ? "; in one transaction with all that follows" : "";
  const filled = postgres ? "COPY" : "LOAD DATA LOCAL";
  return [
    section(
      `Staging tables, filled by ${filled} and dropped when the session ends`,
      TABLE_NAMES.map((table) => merge.createStage(table, flavour)),
    ),
    section(
      `Tables, unless they exist${together}`,
      preparing(undefined, { flavour, history: HISTORY }),
    ),
    ...TABLE_NAMES.map((table) =>
      section(`Rows of ${table}: update changed rows, insert missing rows`, [
        merge.updateChanged(table, flavour),
        merge.insertNew(table, { flavour, empty: false }),
      ])
    ),
    ...(postgres
      ? [section("Indexes and foreign keys of new tables", finishing(undefined, flavour))]
      : []),
    section(
      "Roles, if the user may create them",
      ROLE_NAMES.flatMap((role) => [
        createRole(role, flavour),
        ...grantsTo(role, { flavour, schema }),
      ]),
    ),
  ].join("");
}
