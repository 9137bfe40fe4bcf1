/// <reference lib="deno.worker" />
import { type Fault, packFault } from "../common/fault.ts";
import type { Parts, Row, ValueType } from "./engine.ts";
import { isBroken } from "./sql_error.ts";
import { openWasm } from "./wasm.ts";

let engine: Awaited<ReturnType<typeof openWasm>>;
let rows: AsyncIterator<readonly Row[]>;
let stop = new AbortController();

const methods = {
  open: async (tables: readonly Parts[], over: Int32Array) => {
    engine = await openWasm(tables, () => Atomics.load(over, 0) === 1);
    Deno.permissions.revokeSync({ name: "read" });
  },
  safe: (sql: string) => engine.safe(sql),
  execute: (sql: string) => engine.execute(sql, stop.signal),
  list: (sql: string) => engine.list(sql),
  stream: (sql: string, types: readonly ValueType[]) => {
    rows = engine.stream(sql, types);
  },
  /** Returns the next rows of the stream; `undefined` at its end. */
  next: async (): Promise<readonly Row[] | undefined> => (await rows.next()).value,
  parquet: (select: string) => Array.fromAsync(engine.parquet({ select })),
  bytesOf: (path: string) => engine.bytesOf(path),
};

export type Methods = typeof methods;

export type Call = readonly [keyof Methods, readonly unknown[]];

export type Reply =
  | { readonly done: unknown }
  | { readonly fault: Fault; readonly hasEnded: boolean };

self.onmessage = async ({ data }: MessageEvent<Call | "stop">) => {
  // Arrives while a statement pauses between two pieces.
  if (data === "stop") return stop.abort();
  stop = new AbortController();
  const [name, args] = data;
  const method = methods[name] as (...args: readonly unknown[]) => unknown;
  let reply: Reply;
  try {
    reply = { done: await method(...args) };
  } catch (error) {
    reply = { fault: packFault(error), hasEnded: isBroken(error) };
  }
  self.postMessage(reply);
};
