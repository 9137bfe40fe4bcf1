// The thread of a WebAssembly engine: gets one call after the other, answers each with one reply.
/// <reference lib="deno.worker" />
import { type Fault, packFault } from "../common/fault.ts";
import type { Engine, ParquetRequest, Parts } from "./engine.ts";
import type { Row, ValueType } from "./result.ts";
import { isBroken } from "./sql_error.ts";
import { openWasm } from "./wasm.ts";

/** What the thread can be asked to do. */
export type Call =
  /** `over` becomes 1 where a statement is to end the engine. */
  | { readonly open: readonly Parts[]; readonly over: Int32Array }
  | { readonly safe: string }
  | { readonly execute: string }
  | { readonly list: string }
  | { readonly stream: string; readonly types: readonly ValueType[] }
  /** The next rows of the stream; `undefined` at its end. */
  | { readonly next: true }
  | { readonly parquet: Pick<ParquetRequest, "select" | "columns"> }
  | { readonly bytesOf: string };

/** What a call gave. */
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
  // Comes while a statement pauses between two of its pieces.
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
