// DuckDB's native library, for large data on all cores. It runs outside Deno's sandbox, so it is
// locked before it sees any user SQL: it may open only the parts, load no extension, spill nothing
// to disk, and change none of this.
import { DestinationError } from "../common/errors.ts";
import {
  type Engine,
  type Listing,
  literal,
  type ParquetRequest,
  type Parts,
  type Row,
  stoppable,
  type ValueType,
  viewOf,
} from "./engine.ts";
import { pin, watch } from "./pinned.ts";
import { SETTINGS } from "./session.ts";
import { cellsBy } from "./types.ts";

interface Chunk {
  readonly rowCount: number;
  readonly getRows: () => unknown[][];
}

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (
    sql: string,
  ) => Promise<{ readonly columnNames: () => string[]; readonly getRows: () => unknown[][] }>;
  readonly stream: (sql: string) => Promise<{ readonly fetchChunk: () => Promise<Chunk | null> }>;
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

/**
 * Loads the library. The name is assembled here to hide it from Deno, which downloads every package
 * name that it can read; this package has 142 MB.
 */
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

/**
 * Runs one statement. DuckDB splits a PIVOT into several; except for its own bookkeeping, all begin
 * with the prefix that debr adds.
 */
async function execute(connection: Connection, sql: string, signal?: AbortSignal): Promise<void> {
  const { count } = await connection.extractStatements(sql);
  if (count !== 1 && !/\bpivot/i.test(sql)) throw new Error("Parser Error: several statements");
  await stoppable(() => connection.run(sql), { signal, interrupt: connection.interrupt });
}

async function list(
  connection: Connection,
  { sql, signal }: { readonly sql: string; readonly signal: AbortSignal | undefined },
): Promise<Listing> {
  const { interrupt } = connection;
  const reader = await stoppable(() => connection.runAndReadAll(sql), { signal, interrupt });
  const rows = reader.getRows().map((row) =>
    row.map((value) => value === null ? null : String(value))
  );
  return { names: reader.columnNames(), rows };
}

async function* stream(
  connection: Connection,
  { sql, types }: { readonly sql: string; readonly types: readonly ValueType[] },
): AsyncGenerator<readonly Row[]> {
  const plain = types.every((type) => "sql" in type);
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const rows = chunk.getRows();
    yield plain
      ? rows as Row[]
      : rows.map((row) => row.map((value, at) => cellOf(value, types[at]!)));
  }
}

/** Writes a result as Parquet into a file or pipe. Returns whether the path could be opened. */
async function copyTo(
  sink: string,
  { connection, request }: { readonly connection: Connection; readonly request: ParquetRequest },
): Promise<boolean> {
  try {
    await connection.run(
      `copy (${request.select}) to ${literal(sink)} (format parquet, use_tmp_file false)`,
    );
    return true;
  } catch (cause) {
    const { message } = cause as Error;
    // The path of a socket cannot be opened.
    if (message.includes("Cannot open file")) return false;
    if (message.includes("Broken pipe")) throw new Deno.errors.BrokenPipe(message, { cause });
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

/** Wraps a connection so that its errors show the original paths of the parts. */
function renaming(connection: Connection, rename: (text: string) => string): Connection {
  const renamed = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Error) error.message = rename(error.message);
      throw error;
    }
  };
  return {
    run: (sql) => renamed(connection.run(sql)),
    runAndReadAll: (sql) => renamed(connection.runAndReadAll(sql)),
    stream: (sql) => renamed(connection.stream(sql)),
    extractStatements: (sql) => connection.extractStatements(sql),
    interrupt: () => connection.interrupt(),
    closeSync: () => connection.closeSync(),
  };
}

/**
 * Opens the parts with the native library.
 *
 * Rejects with a `DestinationError` if the library cannot be loaded.
 */
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
  const plain = await instance.connect();
  const allow = async (paths: readonly string[]) => {
    const allowed = [...paths, ...writes, ...(sink === undefined ? [] : [sink])];
    await plain.run(`set allowed_paths = [${allowed.map(literal).join(", ")}]`);
  };
  const pinned = await pin(tables, { allow, byFile });
  const connection = renaming(plain, pinned.rename);
  const close = () => {
    connection.closeSync();
    instance.closeSync();
    pinned.close();
  };
  try {
    for (const sql of [...LOCKS, ...pinned.tables.map(viewOf)]) await connection.run(sql);
  } catch (error) {
    close();
    throw error;
  }
  const requireSteady = await watch(pinned, (sql) => list(plain, { sql, signal: undefined }));
  return {
    name: "native",
    close,
    requireSteady,
    execute: (sql, signal) => execute(connection, sql, signal).then(requireSteady),
    list: (sql, signal) => list(connection, { sql, signal }),
    stream: (sql, types) => stream(connection, { sql, types }),
    parquet: async function* (request: ParquetRequest) {
      if (sink !== undefined && await copyTo(sink, { connection, request })) return;
      yield* (await import("./parquet_transfer.ts")).parquetOfText(request);
    },
  };
}
