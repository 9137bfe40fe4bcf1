// The engine has a thread without permissions, so that any statement can be stopped.
import { unpackFault } from "../common/fault.ts";
import type { Engine, Parts } from "./engine.ts";
import type { Call, Methods, Reply } from "./wasm_worker.ts";

/** Milliseconds to wait for a statement to stop between two pieces; then the clock ends it. */
const SOFT = 500;
/** Milliseconds until a thread that never reads the clock is terminated. */
const HARD = 3000;

/** A thread that handles one call at a time until it ends. */
class EngineThread {
  readonly #thread: Worker;
  /** Becomes 1 to end the engine during the current statement. */
  readonly over = new Int32Array(new SharedArrayBuffer(4));
  hasEnded = false;

  constructor(read: string[]) {
    this.#thread = new Worker(import.meta.resolve("./wasm_worker.ts"), {
      type: "module",
      deno: { permissions: { read } },
    });
  }

  readonly end = () => {
    this.hasEnded = true;
    this.#thread.terminate();
  };

  async ask<M extends keyof Methods>(
    method: M,
    args: Parameters<Methods[M]>,
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<Methods[M]>>> {
    signal?.throwIfAborted();
    if (this.hasEnded) throw new Error("The engine has ended");
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const fail = (reason: unknown) => (this.end(), reject(reason));
    const timers: ReturnType<typeof setTimeout>[] = [];
    const stop = () => {
      this.#thread.postMessage("stop");
      timers.push(setTimeout(() => Atomics.store(this.over, 0, 1), SOFT));
      timers.push(setTimeout(() => fail(signal?.reason), HARD));
    };
    signal?.addEventListener("abort", stop, { once: true });
    this.#thread.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
    this.#thread.onerror = (event) => {
      event.preventDefault();
      fail(new Error(`The engine failed: ${event.message}`));
    };
    this.#thread.postMessage([method, args] satisfies Call);
    try {
      const reply = await promise;
      if ("done" in reply) return reply.done as Awaited<ReturnType<Methods[M]>>;
      if (reply.hasEnded) this.end();
      throw unpackFault(reply.fault);
    } finally {
      signal?.removeEventListener("abort", stop);
      timers.forEach((timer) => clearTimeout(timer));
    }
  }
}

export async function openWasmThread(tables: readonly Parts[]): Promise<Engine> {
  const thread = new EngineThread(tables.flatMap(({ paths }) => paths));
  try {
    await thread.ask("open", [tables, thread.over]);
  } catch (error) {
    thread.end();
    throw error;
  }
  return {
    close: thread.end,
    hasEnded: () => thread.hasEnded,
    safe: (sql) => thread.ask("safe", [sql]),
    execute: (sql, signal) => thread.ask("execute", [sql], signal),
    list: (sql, signal) => thread.ask("list", [sql], signal),
    stream: async function* (sql, types) {
      await thread.ask("stream", [sql, types]);
      for (;;) {
        const rows = await thread.ask("next", []);
        if (rows === undefined) return;
        yield rows;
      }
    },
    parquet: async function* ({ select }) {
      yield* await thread.ask("parquet", [select]);
    },
    bytesOf: (path) => thread.hasEnded ? undefined : thread.ask("bytesOf", [path]),
  };
}
