// DuckDB's native library runs outside Deno's sandbox, so it is locked before it sees user SQL: it
// may open only the parts, load no extension, spill nothing to disk, and not change these limits.
import { DestinationError } from "../common/errors.ts";
import {
  type Engine,
  type Listing,
  literal,
  type ParquetRequest,
  type Parts,
  type Row,
  type ValueType,
  viewOf,
} from "./engine.ts";
import { pin } from "./pinned.ts";
import { SETTINGS } from "./session.ts";
import { cellsBy } from "./types.ts";

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (
    sql: string,
  ) => Promise<{ readonly columnNames: () => string[]; readonly getRows: () => unknown[][] }>;
  readonly stream: (sql: string) => Promise<{
    readonly fetchChunk: () => Promise<
      { readonly rowCount: number; readonly getRows: () => unknown[][] } | null
    >;
  }>;
  readonly extractStatements: (sql: string) => Promise<{ readonly count: number }>;
  readonly interrupt: () => void;
  readonly closeSync: () => void;
}

interface Library {
  readonly DuckDBInstance: {
    readonly create: (path: string) => Promise<{
      readonly connect: () => Promise<Connection>;
      readonly closeSync: () => void;
    }>;
  };
}

/** Hides the name from Deno, which downloads every package that it finds in code: 142 MB. */
async function load(): Promise<Library> {
  const name = ["npm:@duckdb", "node-api@1.5.4-r.1"].join("/");
  try {
    return await import(name) as Library;
  } catch (cause) {
    throw new DestinationError(`Cannot load DuckDB's native library: ${(cause as Error).message}`, {
      step: "query",
      cause,
      next: { code: "no_native_engine" },
    });
  }
}

/** Converts values of the library. A struct has entries by name, a map has a list of them. */
const cellOf = cellsBy((value, kind) => {
  const { items = [], entries = [] } = value as { items?: unknown[]; entries?: object };
  if (kind === "list") return items;
  const parts: readonly { key?: unknown; value?: unknown }[] = Object.values(entries);
  return kind === "struct" ? parts : parts.map(({ key, value }) => [key, value]);
});

/** Runs statements on a connection; `rename` restores the paths of the parts in errors. */
function statementsOn(connection: Connection, rename: (text: string) => string) {
  const work = async <T>(start: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    // DuckDB forgets an interrupt that comes just before a statement starts, so it is repeated.
    const timer = signal && setInterval(() => signal.aborted && connection.interrupt(), 50);
    try {
      return await start();
    } catch (error) {
      if (error instanceof Error) error.message = rename(error.message);
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
  return {
    run: (sql: string) => work(() => connection.run(sql)),
    execute: async (sql: string, signal?: AbortSignal) => {
      // DuckDB splits a PIVOT: all statements but its own bookkeeping begin with debr's prefix.
      const { count } = await connection.extractStatements(sql);
      if (count !== 1 && !/\bpivot/i.test(sql)) throw new Error("Parser Error: several statements");
      await work(() => connection.run(sql), signal);
    },
    list: async (sql: string, signal?: AbortSignal): Promise<Listing> => {
      const reader = await work(() => connection.runAndReadAll(sql), signal);
      const text = (value: unknown) => value === null ? null : String(value);
      return { names: reader.columnNames(), rows: reader.getRows().map((row) => row.map(text)) };
    },
    stream: async function* (sql: string, types: readonly ValueType[]) {
      const plain = types.every((type) => "sql" in type);
      const result = await work(() => connection.stream(sql));
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        const rows = chunk.getRows();
        yield plain
          ? rows as Row[]
          : rows.map((row) => row.map((value, at) => cellOf(value, types[at]!)));
      }
    },
  };
}

/** Writes a result as Parquet into a file or pipe. Returns whether the path could be opened. */
async function copyTo(
  sink: string,
  { run, select }: { readonly run: (sql: string) => Promise<unknown>; readonly select: string },
): Promise<boolean> {
  try {
    await run(`copy (${select}) to ${literal(sink)} (format parquet, use_tmp_file false)`);
    return true;
  } catch (cause) {
    const { message } = cause as Error;
    // The path of a socket cannot be opened.
    if (message.includes("Cannot open file")) return false;
    if (message.includes("Broken pipe")) throw new Deno.errors.BrokenPipe("no reader", { cause });
    throw new DestinationError(`Cannot write Parquet: ${message}`, { step: "query", cause });
  }
}

/** Statements that lock the engine, in the required order, after the allowed paths are set. */
const LOCKS = [
  "set TimeZone = 'UTC'",
  "set temp_directory = ''",
  "set autoinstall_known_extensions = false",
  "set autoload_known_extensions = false",
  "set enable_external_access = false",
  `set allowed_configs = [${SETTINGS.map(literal).join(", ")}]`,
  "set lock_configuration = true",
];

export async function openNative(
  tables: readonly Parts[],
  { sink, writes = [], byFile }: {
    readonly sink?: string | undefined;
    readonly writes?: readonly string[];
    readonly byFile?: boolean;
  } = {},
): Promise<Engine> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const allow = async (paths: readonly string[]) => {
    const allowed = [...paths, ...writes, ...(sink === undefined ? [] : [sink])];
    await connection.run(`set allowed_paths = [${allowed.map(literal).join(", ")}]`);
  };
  const pinned = await pin(tables, { allow, byFile });
  const statements = statementsOn(connection, pinned.rename);
  const close = () => {
    connection.closeSync();
    instance.closeSync();
    pinned.close();
  };
  try {
    for (const sql of [...LOCKS, ...pinned.tables.map(viewOf)]) await statements.run(sql);
  } catch (error) {
    close();
    throw error;
  }
  const { requireSteady } = pinned;
  return {
    ...statements,
    close,
    requireSteady,
    execute: (sql, signal) => statements.execute(sql, signal).then(requireSteady),
    parquet: async function* (request: ParquetRequest) {
      const { run } = statements;
      if (sink !== undefined && await copyTo(sink, { run, select: request.select })) return;
      yield* (await import("./parquet_transfer.ts")).parquetOfText(request);
    },
  };
}
