/**
 * A local API with synthetic people, the quirks of the real API, and faults on demand.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { type Effects, REAL } from "../common/effects.ts";
import { UsageError } from "../common/errors.ts";
import type { Answer } from "./api.ts";
import { type Routed, Router, type RouterOptions } from "./router.ts";

export type { LimitOptions, RouterOptions } from "./router.ts";

/** Options of a mock API. */
export interface MockApiOptions extends RouterOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Called after every request. */
  readonly onRequest?: (entry: RequestEntry) => void;
  /** Clock and sleep. */
  readonly effects?: Pick<Effects, "now" | "sleep">;
}

/** The result of one request. */
export interface RequestEntry {
  /** Time of arrival, in milliseconds since 1970. */
  readonly at: number;
  /** Path and query. */
  readonly target: string;
  /** The parsed page; missing if the answer is 404. */
  readonly page?: number;
  /** The parsed number of people. */
  readonly results?: number;
  /** The parsed seed. */
  readonly seed?: string;
  /** Name of the fault that answered. */
  readonly fault?: string;
  /** Missing if the connection was reset. */
  readonly status?: number;
  /** Whether all of the answer was sent; `cut` by a fault or by a client that disconnected. */
  readonly outcome: "completed" | "cut";
}

/** A running mock API. */
export interface MockApi extends AsyncDisposable {
  /** Address of the API: `http://127.0.0.1:8686/api`. */
  readonly url: string;
  /** Address of the API with its own faults, as `429:pages=3,times=2`; counted by address. */
  readonly faulty: (...faults: readonly string[]) => string;
  /** The last 10,000 requests in order of completion. */
  readonly requests: readonly RequestEntry[];
  /** Stops listening and closes all connections. */
  readonly close: () => Promise<void>;
}

const MOST_ENTRIES = 10_000;

const compress = promisify(gzip);

/** Returns whether the bytes were sent; a client that disconnects may end no write but "close". */
function write(response: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    response.once("close", () => resolve(false));
    response.write(bytes, (error) => resolve(!error));
  });
}

/** Sends the head, and the body compressed if the client accepts it, with the defects of a fault. */
async function send(
  { status, type, retryAfter, body: text, delivery: { wait, cut, stall, reset } = {} }: Answer,
  response: ServerResponse,
  sleep: (ms: number) => Promise<void>,
): Promise<RequestEntry["outcome"]> {
  const { headers, socket } = response.req;
  if (reset) {
    socket.resetAndDestroy();
    return "cut";
  }
  const gzipped = /\bgzip\b/.test(`${headers["accept-encoding"]}`);
  const plain = new TextEncoder().encode(text);
  const body = gzipped ? await compress(plain, { level: constants.Z_BEST_SPEED }) : plain;
  if (wait !== undefined) await sleep(wait);
  response.sendDate = false;
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Length": body.length,
    "Vary": "Accept-Encoding",
    "Access-Control-Allow-Origin": "*",
    ...gzipped && { "Content-Encoding": "gzip" },
    ...retryAfter !== undefined && { "Retry-After": retryAfter },
  });
  const half = Math.floor(body.length / 2);
  if (cut !== undefined) {
    await write(response, body.subarray(0, cut === "half" ? half : Math.min(cut, body.length - 1)));
    socket.destroy();
    return "cut";
  }
  if (stall !== undefined) {
    if (!await write(response, body.subarray(0, half))) return "cut";
    await sleep(stall);
  }
  const isSent = await write(response, stall === undefined ? body : body.subarray(half));
  response.end();
  return isSent ? "completed" : "cut";
}

/** Answers requests until it is stopped, and keeps the last of them. */
function serviceOf({ onRequest, effects = REAL, ...options }: MockApiOptions) {
  const router = new Router(options);
  const requests: RequestEntry[] = [];
  const open = new Set<Promise<void>>();
  const stopping = new AbortController();
  const sleep = (ms: number) => effects.sleep(ms, stopping.signal);
  const exchange = async (method: string, target: string, response: ServerResponse) => {
    const at = effects.now();
    const routed = router.answer({ method, target }, at);
    const outcome = await send(routed.answer, response, sleep).catch((error) => {
      if (!stopping.signal.aborted) throw error;
      return "cut" as const;
    });
    const entry = { at, target, ...understood(routed), outcome };
    if (requests.push(entry) > MOST_ENTRIES) requests.shift();
    onRequest?.(entry);
  };
  return {
    requests,
    answer({ method = "", url = "" }: IncomingMessage, response: ServerResponse): void {
      const answered = exchange(method, url, response).finally(() => open.delete(answered));
      open.add(answered);
    },
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.all(open);
    },
  };
}

function understood({ answer: { status, delivery }, request, fault }: Routed) {
  return {
    ...request && { page: request.page, results: request.results, seed: request.namedSeed },
    ...fault !== undefined && { fault },
    ...!delivery?.reset && { status },
  };
}

function taken(port: number, cause: unknown): unknown {
  if ((cause as { code?: string }).code !== "EADDRINUSE") return cause;
  return new UsageError(`Cannot listen on 127.0.0.1:${port}: the port is in use`, {
    step: "mock-api",
    next: { code: "port_taken" },
    cause,
  });
}

/**
 * Starts a local API on 127.0.0.1. Rejects with a `UsageError` for an invalid fault or a port
 * in use.
 *
 * @example The second page fails once
 * ```ts
 * import { startMockApi } from "@debr/debr/mock-api";
 *
 * await using api = await startMockApi({ faults: ["503:pages=2,times=1"] });
 * const statuses: number[] = [];
 * for (const page of [1, 2, 2]) {
 *   const answer = await fetch(`${api.url}/1.4/?results=3&seed=example&page=${page}`);
 *   await answer.body?.cancel();
 *   statuses.push(answer.status);
 * }
 * if (statuses.join() !== "200,503,200") throw new Error(`Expected others than ${statuses}`);
 * ```
 */
export async function startMockApi(options: MockApiOptions = {}): Promise<MockApi> {
  const service = serviceOf(options);
  const wanted = options.port ?? 0;
  const server = createServer({ keepAliveTimeout: 0 }, service.answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(taken(wanted, cause)));
    server.listen(wanted, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const close = async () => {
    const stopped = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await service.stop();
    await stopped;
  };
  return {
    url: `${origin}/api`,
    faulty: (...faults) => origin + faults.map((fault) => `/fault/${fault}`).join("") + "/api",
    requests: service.requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}
