/**
 * A dataset that SQL can be asked of: a view for each folder of tables, on either engine.
 *
 * @module
 */
import { TABLE_NAMES } from "../../schema/mod.ts";
import { committedTables, MANIFEST, readIfThere } from "../load/dataset/mod.ts";
import { isForeign, parquetFiles, parquetPaths } from "../load/dataset/foreign.ts";
import { DestinationError, UsageError } from "../common/errors.ts";
import { checkedParts, damageOr } from "./damaged_parts.ts";
import { type Engine, identifier, literal, type Parts } from "./engine.ts";
import { admit, type Admitted } from "./guard.ts";
import { splitStatements, type Statement } from "./lexer.ts";
import type { EngineName } from "./options.ts";
import type { Result } from "./result.ts";
import { readResult } from "./stored_result.ts";
import { isOfStatement, sqlError } from "./sql_error.ts";

/** A dataset that SQL can be asked of. */
export interface Dataset {
  readonly engine: EngineName;
  /** The six tables, then the others that lie beside them. */
  readonly tables: readonly string[];
  /**
   * Runs one statement that reads, to its end: an error on the last row is an error, never a shorter
   * result. `tables` are views of their names.
   *
   * Rejects with a {@link UsageError} where the statement is wrong or does more than read, with a
   * {@link DestinationError} where a part cannot be read, with the signal's reason when it aborts.
   */
  readonly query: (sql: string, options?: { readonly signal?: AbortSignal }) => Promise<Result>;
  readonly close: () => void;
}

/** Times to open tables that a commit is just putting in place. */
const TRIES = 5;

/** Milliseconds between them. */
const BETWEEN_TRIES = 20;

/** What is committed, as text; nothing where debr committed none of it. */
async function committed(data: string): Promise<string | undefined> {
  try {
    const tables = await committedTables(data);
    const manifest = tables && await readIfThere(`${tables}/${MANIFEST}`);
    return manifest && new TextDecoder().decode(manifest);
  } catch (cause) {
    throw missing(data, cause);
  }
}

/** The parts of a table. */
async function partsOf(data: string, table: string): Promise<Parts> {
  const folder = `${await committedTables(data) ?? `${data}/tables`}/${table}`;
  let files: Awaited<ReturnType<typeof parquetFiles>>;
  try {
    files = await parquetFiles(folder);
  } catch (cause) {
    throw missing(data, cause);
  }
  if (files.length === 0) {
    throw new DestinationError(`Cannot read dataset: no Parquet file in ${folder}`, {
      step: "query",
      next: { code: "part_damaged", data },
    });
  }
  return { table, paths: files.map(({ path }) => path) };
}

/** Folders of Parquet beside the six tables, such as an analyst's own models, by name. */
async function otherParts(data: string): Promise<Parts[]> {
  const isOther = (name: string) =>
    !/^[._]/.test(name) && !(TABLE_NAMES as readonly string[]).includes(name);
  const entries = await Array.fromAsync(Deno.readDir(`${data}/tables`));
  const names = entries.filter(({ name, isDirectory }) => isDirectory && isOther(name))
    .map(({ name }) => name).sort();
  const found = await Promise.all(names.map(async (table) => {
    return { table, paths: await parquetPaths(`${data}/tables/${table}`), foreign: true };
  }));
  return found.filter(({ paths }) => paths.length > 0);
}

function missing(data: string, cause: unknown): unknown {
  if (!(cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory)) {
    return cause;
  }
  return new DestinationError(`Cannot read dataset: there is none in ${data}`, {
    step: "query",
    cause,
    next: { code: "no_dataset", data },
  });
}

async function openEngine(name: EngineName, parts: readonly Parts[]): Promise<Engine> {
  if (name === "native") return await (await import("./native.ts")).openNative(parts);
  return await (await import("./wasm.ts")).openWasm(parts);
}

/** The one statement of a text. */
function onlyStatement(sql: string): Statement {
  const { statements } = splitStatements(sql);
  const [statement] = statements;
  if (statement && statements.length === 1) return statement;
  throw new UsageError(`Cannot run SQL: expected one statement, found ${statements.length}`, {
    step: "query",
  });
}

/** Writes what a statement that is no SELECT lists into a table, so that all results are one kind. */
async function storeListing(engine: Engine, admitted: Admitted, table: string): Promise<void> {
  const inner = `${table}_inner`;
  const asTable = `create temp table ${identifier(inner)} as\n${admitted.inner}`;
  // Only a SELECT can stand there. SUMMARIZE reads the stored rows, so that none can fail unheard.
  if (admitted.kind === "explain") await engine.execute(`explain ${asTable}`);
  const stored = admitted.kind === "listing" && admitted.inner !== undefined;
  if (stored) await engine.execute(asTable);
  const { names, rows } = await engine.list(
    stored ? `summarize ${identifier(inner)}` : admitted.sql,
  );
  if (stored) await engine.execute(`drop table ${identifier(inner)}`);
  const value = (cell: string | null) => cell === null ? "null" : literal(cell);
  const columns = names.map((name, index) => `c${index}::varchar as ${identifier(name)}`);
  const tuples = rows.length === 0
    ? [`(${names.map(() => "null").join(", ")})`]
    : rows.map((row) => `(${row.map(value).join(", ")})`);
  await engine.execute(
    `create temp table ${identifier(table)} as select ${columns.join(", ")} from (values ${
      tuples.join(", ")
    }) t(${names.map((_, index) => `c${index}`).join(", ")}) where ${rows.length > 0}`,
  );
}

async function openParts(data: string, name: EngineName) {
  const known = await checkedParts(data).catch((cause) => {
    throw missing(data, cause);
  });
  const found = await Promise.all(TABLE_NAMES.map((table) => partsOf(data, table)));
  const foreign = await isForeign(data);
  const parts = [...found.map((part) => ({ ...part, foreign })), ...await otherParts(data)];
  const tables = parts.map(({ table }) => table);
  const engine = await openEngine(name, parts).catch(async (error) => {
    throw await damageOr(sqlError(error, { sql: "", linesBefore: 0, tables }), { parts: known });
  });
  return { engine, tables, known };
}

/** Opens the parts of one commit: another may take its place while they are opened. */
async function openSteady(data: string, name: EngineName) {
  for (let tries = 1;; tries++) {
    const before = await committed(data);
    try {
      const opened = await openParts(data, name);
      if (before === await committed(data)) return opened;
      opened.engine.close();
    } catch (error) {
      if (tries === TRIES || before === await committed(data)) throw error;
    }
    if (tries === TRIES) {
      throw new DestinationError(`Cannot read dataset: runs replace ${data} all the time`, {
        step: "query",
        next: "Run it again",
        transient: true,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
  }
}

/**
 * Opens the tables below `data` for SQL: the six, and every other folder beside them that holds
 * Parquet. All statements see them as they are now, whatever a run commits meanwhile.
 *
 * Rejects with a {@link DestinationError} (status 7, as for any dataset or database that cannot be
 * reached) where there is no dataset or it lacks a table.
 */
export async function openDataset(
  data: string,
  { engine: name = "wasm" }: { readonly engine?: EngineName } = {},
): Promise<Dataset> {
  const { engine, tables, known } = await openSteady(data, name);
  let results = 0;
  return {
    engine: name,
    tables,
    close: engine.close,
    query: async (sql, { signal } = {}) => {
      const admitted = admit(onlyStatement(sql));
      const table = `debr_result_${++results}`;
      const direct = admitted.kind !== "select";
      try {
        if (direct) await storeListing(engine, admitted, table);
        else {
          await engine.execute(
            `create temp table ${identifier(table)} as\n${admitted.sql}`,
            signal,
          );
        }
        return await readResult(engine, table);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        const told = sqlError(error, { sql: admitted.sql, linesBefore: direct ? 0 : 1, tables });
        throw isOfStatement(told) ? told : await damageOr(told, { parts: known, engine });
      }
    },
  };
}
