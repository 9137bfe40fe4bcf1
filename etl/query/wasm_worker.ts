// The thread of a WebAssembly engine. It handles one call at a time and sends one reply to each.
/// <reference lib="deno.worker" />
import { type Fault, packFault } from "../common/fault.ts";
import type { Engine, ParquetRequest, Parts } from "./engine.ts";
import type { Row, ValueType } from "./result.ts";
import { isBroken } from "./sql_error.ts";
import { openWasm } from "./wasm.ts";

/** A call to the thread. */
export type Call =
  /** `over` becomes 1 to end the engine during a statement. */
  | { readonly open: readonly Parts[]; readonly over: Int32Array }
  | { readonly safe: string }
  | { readonly execute: string }
  | { readonly list: string }
  | { readonly stream: string; readonly types: readonly ValueType[] }
  /** Returns the next rows of the stream; `undefined` at its end. */
  | { readonly next: true }
  | { readonly parquet: Pick<ParquetRequest, "select" | "columns"> }
  | { readonly bytesOf: string };

/** The result of a call. */
export type Reply =
  | { readonly done: unknown }
  | { readonly fault: Fault; readonly hasEnded: boolean };

let engine: Engine;
let rows: AsyncIterator<readonly Row[]>;
let stop = new AbortController();

async function answer(call: Call): Promise<unknown> {
  if ("open" in call) {
    engine = await openWasm(call.open, () => Atomics.load(call.over, 0) === 1);
    Deno.permissions.revokeSync({ name: "read" });
  } else if ("safe" in call) return await engine.safe?.(call.safe);
  else if ("execute" in call) await engine.execute(call.execute, stop.signal);
  else if ("list" in call) return await engine.list(call.list);
  else if ("stream" in call) {
    rows = engine.stream(call.stream, call.types)[Symbol.asyncIterator]();
  } else if ("next" in call) return (await rows.next()).value;
  else if ("bytesOf" in call) return await engine.bytesOf?.(call.bytesOf);
  else {
    const batches = () => {
      throw new TypeError("The WebAssembly engine writes Parquet from its tables");
    };
    return await Array.fromAsync(engine.parquet({ ...call.parquet, batches }));
  }
  return undefined;
}

self.onmessage = async ({ data: call }: MessageEvent<Call | "stop">) => {
  // Arrives while a statement pauses between two pieces.
  if (call === "stop") return stop.abort();
  stop = new AbortController();
  let reply: Reply;
  try {
    reply = { done: await answer(call) };
  } catch (error) {
    reply = { fault: packFault(error), hasEnded: isBroken(error) };
  }
  self.postMessage(reply);
};
