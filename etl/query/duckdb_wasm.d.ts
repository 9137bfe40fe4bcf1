// Types for the parts of duckdb-wasm 1.28.0 that debr uses.

/** Addresses are bytes. */
export interface WasmModule {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly HEAPF64: Float64Array<ArrayBuffer>;
  readonly ccall: (
    name: string,
    returns: string | null,
    types: readonly string[],
    values: readonly unknown[],
  ) => unknown;
  readonly stackSave: () => number;
  readonly stackAlloc: (bytes: number) => number;
  readonly stackRestore: (address: number) => void;
  readonly _malloc: (bytes: number) => number;
}

export type Runtime = Readonly<Record<string, (mod: WasmModule, ...args: number[]) => unknown>>;

export interface ArrowBatch {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly getChildAt: (column: number) => { readonly get: (row: number) => unknown };
}

export interface Connection {
  readonly send: (sql: string) => Promise<Iterable<ArrowBatch>>;
  readonly query: (sql: string) => unknown;
  readonly insertArrowFromIPCStream: (
    bytes: Uint8Array,
    options: { readonly name: string; readonly schema: string; readonly create: boolean },
  ) => void;
  readonly useUnsafe: <T>(callback: (bindings: Bindings, connection: number) => T) => T;
}

export interface Bindings {
  readonly mod: WasmModule;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    success: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => unknown;
  readonly instantiate: () => Promise<unknown>;
  readonly open: (config: unknown) => void;
  readonly connect: () => Connection;
  readonly startPendingQuery: (connection: number, sql: string) => Uint8Array | null;
  readonly pollPendingQuery: (connection: number) => Uint8Array | null;
  readonly cancelPendingQuery: (connection: number) => boolean;
  readonly fetchQueryResults: (connection: number) => Uint8Array;
  readonly tokenize: (sql: string) => { readonly offsets: readonly number[] };
}

export declare const duckdb: {
  readonly createDuckDB: (
    bundles: { readonly mvp: { mainModule: string }; readonly eh: { mainModule: string } },
    logger: unknown,
    runtime: Runtime,
  ) => Promise<Bindings>;
};

export declare const wasm: WebAssembly.Module;
