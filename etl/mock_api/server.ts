/**
 * A local API with synthetic people, the quirks of the real API, and faults on demand.
 *
 * @module
 */
import { type Effects, REAL } from "../common/effects.ts";
import { UsageError } from "../common/errors.ts";
import type { Delivery } from "./api.ts";
import {
  type Connection,
  type HttpRequest,
  isGone,
  listen,
  type Message,
  message,
} from "./http.ts";
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
const NOTHING = new Uint8Array();

class Service {
  readonly requests: RequestEntry[] = [];
  readonly #router: Router;
  readonly #onRequest: MockApiOptions["onRequest"];
  readonly #effects: Pick<Effects, "now" | "sleep">;
  readonly #open = new Map<Connection, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: MockApiOptions) {
    this.#router = new Router(options);
    this.#onRequest = options.onRequest;
    this.#effects = options.effects ?? REAL;
  }

  open(connection: Connection): void {
    this.#open.set(connection, this.#serve(connection));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (const connection of this.#open.keys()) connection.close();
    await Promise.all(this.#open.values());
  }

  async #serve(connection: Connection): Promise<void> {
    try {
      let request: HttpRequest | undefined;
      do request = await connection.request(); while (
        request !== undefined && await this.#exchange(connection, request)
      );
    } catch (error) {
      if (!isGone(error) && !this.#stop.signal.aborted) throw error;
    } finally {
      connection.close();
      this.#open.delete(connection);
    }
  }

  /** Returns whether another request may follow on the connection. */
  async #exchange(connection: Connection, request: HttpRequest): Promise<boolean> {
    const at = this.#effects.now();
    const routed = this.#router.answer(request, at);
    const { delivery } = routed.answer;
    let outcome: RequestEntry["outcome"] = "cut";
    try {
      if (delivery?.reset) {
        connection.reset();
        return false;
      }
      const { head, body } = await message(routed.answer, request.headers);
      const sent = { head, body: request.method === "HEAD" ? NOTHING : body };
      await this.#deliver(connection, sent, delivery);
      if (delivery?.cut === undefined) outcome = "completed";
      return outcome === "completed" && !request.headers.includes("connection: close");
    } finally {
      const entry = { at, target: request.target, ...understood(routed), outcome };
      if (this.requests.push(entry) > MOST_ENTRIES) this.requests.shift();
      this.#onRequest?.(entry);
    }
  }

  async #deliver(
    connection: Connection,
    { head, body }: Message,
    { wait, cut, stall }: Delivery = {},
  ): Promise<void> {
    const half = Math.floor(body.length / 2);
    if (wait !== undefined) await this.#effects.sleep(wait, this.#stop.signal);
    await connection.write(head);
    if (cut !== undefined) {
      const kept = cut === "half" ? half : Math.min(cut, body.length - 1);
      return await connection.write(body.subarray(0, Math.max(kept, 0)));
    }
    if (stall === undefined) return await connection.write(body);
    await connection.write(body.subarray(0, half));
    await this.#effects.sleep(stall, this.#stop.signal);
    await connection.write(body.subarray(half));
  }
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
  return new UsageError(`Cannot listen on 127.0.0.1:${port}: something else does`, {
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
  const service = new Service(options);
  const wanted = options.port ?? 0;
  const { server, port } = await listen(wanted, (connection) => service.open(connection))
    .catch((cause) => Promise.reject(taken(wanted, cause)));
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
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
