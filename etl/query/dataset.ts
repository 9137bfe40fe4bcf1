import { isNowhere } from "../common/missing.ts";
import { BETWEEN_LOOKS, LOOKS } from "../load/dataset/mod.ts";
import type { Engine, Parts, Result } from "./engine.ts";
import { admit, type Admitted } from "./guard.ts";
import { splitStatements, type Statement } from "./lexer.ts";
import type { EngineName, OwnFile } from "./options.ts";
import { checkedParts, committed, damageOr, partsIn, partsOfFiles } from "./parts.ts";
import type { Session } from "./session.ts";
import { isOfStatement, sqlError } from "./sql_error.ts";
import { explained, storeResult } from "./stored.ts";
import { AGAIN, NATIVE, unreadable, usage } from "./errors.ts";

interface OpenOptions {
  readonly engine: EngineName;
  /** The only file that the native engine may write: it receives a Parquet result. */
  readonly sink?: string | undefined;
  /** Other files that the native engine may read and write. */
  readonly writes?: readonly string[];
  readonly files?: readonly OwnFile[];
  /** Whether signals can stop every statement; the WebAssembly engine then uses a thread. */
  readonly stoppable?: boolean;
}

type Query<T> = (sql: string, options?: { readonly signal?: AbortSignal }) => Promise<T>;

export interface Dataset extends Disposable {
  /** The six tables, then the other tables of the folder. */
  readonly tables: readonly string[];
  // Runs one read-only statement to its end, so that an error on the last row rejects. A wrong or
  // refused statement is a `UsageError`, a part that cannot be read a `DestinationError`.
  readonly query: Query<Result>;
  /** Like {@link query}, but also runs statements that change only this session, without result. */
  readonly run: Query<Result | undefined>;
  /** Validates statements in the order {@link run} would run them. Throws a `UsageError`. */
  readonly validate: (statements: readonly Statement[]) => Admitted[];
  readonly hasEnded: () => boolean;
  readonly close: () => void;
}

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
  throw usage(`Cannot run SQL: expected one statement, found ${statements.length}`);
}

function remember({ prepares }: Admitted, { prepared }: Session): void {
  if (prepares?.statement) prepared.set(prepares.name, prepares.statement);
  else if (prepares) prepared.delete(prepares.name);
}

function requireKnown({ native, sql }: Admitted, engine: EngineName): void {
  if (!native || engine === "native") return;
  const why = "the WebAssembly engine does not support it";
  throw usage(`Cannot run ${sql.split("\n")[0]}: ${why}`, NATIVE);
}

async function openParts(data: string, options: OpenOptions) {
  const known = await checkedParts(data);
  const own = await partsIn(data);
  const { files = [], engine: name } = options;
  const names = own.map(({ table }) => table);
  const parts = [...own, ...partsOfFiles(files, { tables: names, engine: name })];
  const tables = parts.map(({ table }) => table);
  const engine = await openEngine(parts, options).catch(async (error) => {
    const told = sqlError(error, { sql: "", linesBefore: 0, tables, engine: name });
    throw await damageOr(told, { parts: known });
  });
  return { engine, tables, known };
}

/** Opens the parts of one commit. Tries again if another commit replaces them meanwhile. */
async function openCommit(data: string, options: OpenOptions) {
  for (let tries = 1;; tries++) {
    const before = await committed(data);
    try {
      const opened = await openParts(data, options);
      if (before === await committed(data)) return opened;
      opened.engine.close();
    } catch (error) {
      if (tries === LOOKS || before === await committed(data)) throw error;
    }
    if (tries === LOOKS) throw unreadable(`runs keep replacing ${data}`, AGAIN);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
  }
}

export async function openSteady(data: string, options: OpenOptions) {
  try {
    return await openCommit(data, options);
  } catch (cause) {
    if (!isNowhere(cause)) throw cause;
    throw unreadable(`there is none in ${data}`, { cause, next: { code: "no_dataset", data } });
  }
}

/** Opens the tables for SQL. All statements see the same state, even if a run commits meanwhile. */
export async function openDataset(
  data: string,
  { engine: name = "wasm", ...others }: Partial<OpenOptions> = {},
): Promise<Dataset> {
  const { engine, tables, known } = await openSteady(data, { engine: name, ...others });
  const session: Session = { tables, prepared: new Map() };
  let results = 0;
  const run = async (admitted: Admitted, signal?: AbortSignal) => {
    const { sql, kind } = admitted;
    requireKnown(admitted, name);
    const linesBefore = kind === "select" ? 1 : 0;
    const explain = (error: unknown) => sqlError(error, { sql, linesBefore, tables, engine: name });
    try {
      if (kind !== "change") {
        const table = `debr_result_${++results}`;
        return explained(await storeResult(engine, admitted, { table, signal }), explain);
      }
      await admitted.check?.(engine);
      await engine.execute(await engine.safe?.(sql) ?? sql, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const told = explain(error);
      throw isOfStatement(told) ? told : await damageOr(told, { parts: known, engine });
    }
    remember(admitted, session);
    return undefined;
  };
  return {
    tables,
    close: engine.close,
    [Symbol.dispose]: engine.close,
    hasEnded: () => engine.hasEnded?.() ?? false,
    // Without a session, no statement that changes one is admitted, so there is a result.
    query: async (sql, { signal } = {}) => (await run(admit(onlyStatement(sql)), signal))!,
    run: async (sql, { signal } = {}) => await run(admit(onlyStatement(sql), session), signal),
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
