// DuckDB as WebAssembly runs inside Deno's sandbox, on one thread with at most 4 GB of memory.
import type { ArrowBatch, Bindings, Connection, Runtime, WasmModule } from "./duckdb_wasm.d.ts";
// @ts-types="./duckdb_wasm.d.ts"
import { duckdb, wasm } from "./duckdb_wasm.js";
import {
  type Engine,
  type Listing,
  type ParquetRequest,
  type Parts,
  type Row,
  type ValueType,
  viewOf,
} from "./engine.ts";
import { isBroken } from "./sql_error.ts";
import { cellsBy, TEXT } from "./types.ts";
import { endAtClock, readAt, type WasmFiles, wasmRuntime } from "./wasm_runtime.ts";
import { macrosIn, MAP_MACRO, withoutWrongAnswers } from "./wrong_answers.ts";

/** The runtime of each instance. The library keeps one for all instances in a global. */
const RUNTIMES = new WeakMap<WasmModule, Runtime>();

/** Sets the global that compiled code calls; it forwards to the calling instance's runtime. */
function shareRuntime(starting: Runtime): void {
  const shared = Object.keys(starting).map((name) => [
    name,
    (mod: WasmModule, ...args: number[]) =>
      (RUNTIMES.get(mod) ?? starting)[name]?.(mod, ...args) ?? 0,
  ]);
  Object.assign(globalThis, { DUCKDB_RUNTIME: Object.fromEntries(shared) });
}

/** Connects to a WebAssembly DuckDB that can open only these files. */
export async function startWasm(files: WasmFiles, isOver?: () => boolean): Promise<Connection> {
  const runtime = wasmRuntime(files);
  const unused = { mainModule: "" };
  const bundles = { mvp: unused, eh: unused };
  const database = await duckdb.createDuckDB(bundles, { log: () => {} }, runtime);
  database.instantiateWasm = (imports, success) => {
    shareRuntime(runtime);
    if (isOver) endAtClock(imports, isOver);
    WebAssembly.instantiate(wasm, imports).then((instance) => success(instance, wasm));
    return [];
  };
  await database.instantiate();
  RUNTIMES.set(database.mod, runtime);
  database.open({ path: ":memory:" });
  const connection = database.connect();
  connection.query("set temp_directory = ''");
  return connection;
}

/** Converts Arrow values. A struct iterates over pairs of name and value. */
const cellOf = cellsBy((value, kind) => {
  const parts = Array.from(value as Iterable<unknown>);
  return kind === "struct" ? (parts as [string, unknown][]).map(([, field]) => field) : parts;
});

function rowsOf(batch: ArrowBatch, types: readonly ValueType[]): Row[] {
  const columns = types.map((type, index) => ({ type, vector: batch.getChildAt(index) }));
  return Array.from(
    { length: batch.numRows },
    (_, row) => columns.map(({ type, vector }) => cellOf(vector.get(row), type)),
  );
}

/** Whether DuckDB finds a semicolon outside texts, names and comments. */
function hasSemicolon(bindings: Bindings, sql: string): boolean {
  const bytes = new TextEncoder().encode(sql);
  return bindings.tokenize(sql).offsets.some((offset) => bytes[offset] === 0x3b);
}

// Runs one statement in pieces, so that it can be interrupted between them. DuckDB refuses several
// statements here, so a PIVOT, which it splits into several, runs in one piece.
async function execute(connection: Connection, sql: string, signal?: AbortSignal): Promise<void> {
  const { bindings, id } = connection.useUnsafe((bindings, id) => ({ bindings, id }));
  try {
    let header = bindings.startPendingQuery(id, sql);
    while (header === null) {
      // Lets the process handle other events, such as Ctrl-C.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal?.aborted) {
        bindings.cancelPendingQuery(id);
        throw signal.reason;
      }
      header = bindings.pollPendingQuery(id);
    }
    while (bindings.fetchQueryResults(id).length > 0) { /* until the end, where errors come */ }
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const several = message.includes("single statement") && !hasSemicolon(bindings, sql);
    // The error of a statement without pieces, such as DROP, is lost. Running it again throws it.
    if (!several && !message.includes("unsuccessful query result")) throw error;
    connection.query(sql);
  }
}

async function list(connection: Connection, sql: string): Promise<Listing> {
  const batches = [...await connection.send(sql)];
  const names = batches[0]?.schema.fields.map(({ name }) => name) ?? [];
  const types = names.map(() => TEXT);
  const text = (value: unknown) => value === null ? null : String(value);
  return {
    names,
    rows: batches.flatMap((batch) => rowsOf(batch, types).map((row) => row.map(text))),
  };
}

export function writeParquet(
  select: string,
  { connection, files }: { readonly connection: Connection; readonly files: WasmFiles },
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const name = `${crypto.randomUUID()}.parquet`;
  files.sink = { name, write: (bytes) => pieces.push(bytes) };
  try {
    connection.query(`copy (${select}) to '${name}' (format parquet, use_tmp_file false)`);
  } finally {
    files.sink = undefined;
  }
  return pieces;
}

/** Once `isOver` returns true, the running statement fails and the engine is unusable. */
export async function openWasm(tables: readonly Parts[], isOver?: () => boolean) {
  const paths = tables.flatMap(({ paths }) => paths);
  const parts = new Map(paths.map((path) => {
    // Uses the path: for an open file, Deno wants permission to read the target of a link.
    const { size } = Deno.statSync(path);
    return [path, { file: Deno.openSync(path), size }] as const;
  }));
  const close = () => parts.forEach(({ file }) => file.close());
  try {
    const files: WasmFiles = { parts };
    const start = async () => {
      const started = await startWasm(files, isOver);
      for (const sql of [MAP_MACRO, ...tables.map(viewOf)]) started.query(sql);
      started.query("set lock_configuration = true");
      return started;
    };
    let connection = await start();
    const work = async <T>(run: (connection: Connection) => Promise<T>): Promise<T> => {
      try {
        return await run(connection);
      } catch (error) {
        // A broken engine answers no more calls. After a deliberate end, the caller opens another.
        if (isBroken(error) && !isOver) connection = await start();
        throw error;
      }
    };
    return {
      close,
      safe: async (sql: string) => {
        const text = await withoutWrongAnswers(sql, (asked) => list(connection, asked));
        // Created on demand: they take longer than a view, and a rollback removes them.
        if (text !== sql) { for (const macro of macrosIn(text)) connection.query(macro); }
        return text;
      },
      bytesOf: (path: string) => {
        const part = parts.get(path);
        if (part === undefined) return undefined;
        const bytes = new Uint8Array(part.size);
        return bytes.subarray(0, readAt(part.file, bytes, 0));
      },
      execute: (sql: string, signal?: AbortSignal) =>
        work((connection) => execute(connection, sql, signal)),
      list: (sql: string) => work((connection) => list(connection, sql)),
      stream: async function* (sql: string, types: readonly ValueType[]) {
        for (const batch of await connection.send(sql)) yield rowsOf(batch, types);
      },
      parquet: async function* ({ select }: Pick<ParquetRequest, "select">) {
        yield* writeParquet(select, { connection, files });
      },
    } satisfies Engine;
  } catch (error) {
    close();
    throw error;
  }
}
