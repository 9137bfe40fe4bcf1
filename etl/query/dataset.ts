/**
 * A dataset that SQL can query: one view for each folder of tables, on either engine.
 *
 * @module
 */
import { TABLE_NAMES } from "../../schema/mod.ts";
import { isForeign } from "../load/dataset/mod.ts";
import { DestinationError, UsageError } from "../common/errors.ts";
import { checkedParts, damageOr } from "./damaged_parts.ts";
import type { Engine, Parts } from "./engine.ts";
import { admit, type Admitted } from "./guard.ts";
import { splitStatements, type Statement } from "./lexer.ts";
import type { EngineName, OwnFile } from "./options.ts";
import { partsOfFiles } from "./own_files.ts";
import { committed, missing, otherParts, partsOf } from "./parts.ts";
import type { Result } from "./result.ts";
import { storeListing, storeSelect } from "./store.ts";
import { readResult } from "./stored_result.ts";
import type { Session } from "./session.ts";
import { isOfStatement, sqlError } from "./sql_error.ts";

interface QueryOptions {
  readonly signal?: AbortSignal;
}

interface OpenOptions {
  readonly engine: EngineName;
  /** The only file that the native engine may write: a Parquet result is written directly to it. */
  readonly sink?: string | undefined;
  /** Other files that the native engine may read and write. */
  readonly writes?: readonly string[];
  /** Extra files, each of which becomes a view. */
  readonly files?: readonly OwnFile[];
  /** Whether signals can stop every statement; the WebAssembly engine then uses a thread. */
  readonly stoppable?: boolean;
}

/** A dataset that SQL can query. */
export interface Dataset {
  readonly engine: EngineName;
  /** The six tables, then the other tables of the folder. */
  readonly tables: readonly string[];
  /**
   * Runs one reading statement to its end: an error on the last row rejects and never shortens the
   * result. `tables` are views with these names.
   *
   * Rejects with a {@link UsageError} if the statement is wrong or does more than read, with a
   * {@link DestinationError} if a part cannot be read, or with the signal's reason when it aborts.
   */
  readonly query: (sql: string, options?: QueryOptions) => Promise<Result>;
  /**
   * Like {@link query}, but also runs statements that change only this session. They return no
   * result.
   */
  readonly run: (sql: string, options?: QueryOptions) => Promise<Result | undefined>;
  /** Validates statements in the order {@link run} would run them. Throws a {@link UsageError}. */
  readonly validate: (statements: readonly Statement[]) => Admitted[];
  /** Whether the engine was ended. Tables and settings of the session are then lost. */
  readonly hasEnded: () => boolean;
  readonly close: () => void;
}

/** Attempts to open tables while a commit replaces them. */
const TRIES = 5;

/** Milliseconds between attempts. */
const BETWEEN_TRIES = 20;

async function openEngine(
  parts: readonly Parts[],
  { stoppable = false, engine, ...options }: OpenOptions,
): Promise<Engine> {
  if (engine === "native") return await (await import("./native.ts")).openNative(parts, options);
  if (stoppable) return await (await import("./wasm_thread.ts")).openWasmThread(parts);
  return await (await import("./wasm.ts")).openWasm(parts);
}

function onlyStatement(sql: string): Statement {
  const { statements } = splitStatements(sql);
  const [statement] = statements;
  if (statement && statements.length === 1) return statement;
  throw new UsageError(`Cannot run SQL: expected one statement, found ${statements.length}`, {
    step: "query",
  });
}

/** Keeps prepared statements until DEALLOCATE. */
function remember({ prepares }: Admitted, { prepared }: Session): void {
  if (prepares?.statement) prepared.set(prepares.name, prepares.statement);
  else if (prepares) prepared.delete(prepares.name);
}

/** Throws if only the native engine supports a statement. */
function requireKnown({ native, sql }: Admitted, engine: EngineName): void {
  if (!native || engine === "native") return;
  throw new UsageError(
    `Cannot run ${sql.split("\n")[0]}: the WebAssembly engine does not know it`,
    {
      step: "query",
      next: { code: "native_runs_it" },
    },
  );
}

async function openParts(data: string, options: OpenOptions) {
  const known = await checkedParts(data).catch((cause) => {
    throw missing(data, cause);
  });
  const found = await Promise.all(TABLE_NAMES.map((table) => partsOf(data, table)));
  const foreign = await isForeign(data);
  const own = [...found.map((part) => ({ ...part, foreign })), ...await otherParts(data)];
  const { files = [], engine: kind } = options;
  const names = own.map(({ table }) => table);
  const parts = [...own, ...partsOfFiles(files, { tables: names, engine: kind })];
  const tables = parts.map(({ table }) => table);
  const engine = await openEngine(parts, options).catch(async (error) => {
    throw await damageOr(
      sqlError(error, { sql: "", linesBefore: 0, tables, engine: options.engine }),
      {
        parts: known,
      },
    );
  });
  return { engine, tables, known };
}

/** Opens the parts of one commit. Tries again if another commit replaces them meanwhile. */
export async function openSteady(data: string, options: OpenOptions) {
  for (let tries = 1;; tries++) {
    const before = await committed(data);
    try {
      const opened = await openParts(data, options);
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
 * Opens the tables in `data` for SQL: the six, and every other folder of Parquet beside them. All
 * statements see the same state, even if a run commits meanwhile.
 *
 * Rejects with a {@link DestinationError} (exit code 7, as for any unreachable dataset or database)
 * if there is no dataset or it lacks a table.
 */
export async function openDataset(
  data: string,
  { engine: name = "wasm", ...others }: Partial<OpenOptions> = {},
): Promise<Dataset> {
  const { engine, tables, known } = await openSteady(data, { engine: name, ...others });
  const session: Session = { tables, prepared: new Map() };
  let results = 0;
  const told = async (
    error: unknown,
    { sql, linesBefore }: { sql: string; linesBefore: number },
  ) => {
    const told = sqlError(error, { sql, linesBefore, tables, engine: name });
    return isOfStatement(told) ? told : await damageOr(told, { parts: known, engine });
  };
  const rowsOf = async (admitted: Admitted, signal?: AbortSignal) => {
    requireKnown(admitted, name);
    const table = `debr_result_${++results}`;
    const direct = admitted.kind !== "select";
    try {
      if (direct) await storeListing(engine, admitted, { table, signal });
      else await storeSelect(engine, { sql: admitted.sql, table, signal });
      return await readResult(engine, table);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw await told(error, { sql: admitted.sql, linesBefore: direct ? 0 : 1 });
    }
  };
  const change = async (admitted: Admitted, signal?: AbortSignal) => {
    requireKnown(admitted, name);
    try {
      await admitted.check?.(engine);
      await engine.execute(await engine.safe?.(admitted.sql) ?? admitted.sql, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw await told(error, { sql: admitted.sql, linesBefore: 0 });
    }
    remember(admitted, session);
  };
  return {
    engine: name,
    tables,
    close: engine.close,
    hasEnded: () => engine.hasEnded?.() ?? false,
    query: async (sql, { signal } = {}) => await rowsOf(admit(onlyStatement(sql)), signal),
    run: async (sql, { signal } = {}) => {
      const admitted = admit(onlyStatement(sql), session);
      if (admitted.kind !== "change") return await rowsOf(admitted, signal);
      await change(admitted, signal);
      return undefined;
    },
    validate: (statements) => {
      const trial = { tables, prepared: new Map(session.prepared) };
      return statements.map((statement) => {
        const admitted = admit(statement, trial);
        requireKnown(admitted, name);
        remember(admitted, trial);
        return admitted;
      });
    },
  };
}
