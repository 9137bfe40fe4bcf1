import type { Effects } from "../../common/effects.ts";
import { type ErrorDetails, RateLimitError, SourceError } from "../../common/errors.ts";
import { VERSION } from "../../common/version.ts";
import { either, parseRetryAfter } from "./retry.ts";

/** Milliseconds without a byte after which a request times out. */
const IDLE = 30_000;

/** Largest response accepted, in bytes; a page of 5,000 people has 5.4 million. */
const MOST_BYTES = 64 * 1024 ** 2;

const ACCEPT = { "accept": "application/json", "user-agent": `debr/${VERSION}` };

type FetchReason = "unreachable" | "cut" | "timeout" | "too-large" | `status-${number}`;

export class FetchError extends SourceError {
  /** A short, stable name for programs. */
  readonly reason: FetchReason;

  constructor(message: string, { reason, ...details }: ErrorDetails & { reason: FetchReason }) {
    super(message, details);
    this.reason = reason;
  }
}

export interface GetOptions extends Pick<Effects, "fetch" | "now"> {
  readonly signal?: AbortSignal | undefined;
  /** Idle timeout in milliseconds, default 30 seconds. */
  readonly idle?: number | undefined;
  /** Timeout of the whole request in milliseconds. */
  readonly limit: number;
}

/** Ends a request on abort, when idle, and at the time limit. */
class Watch implements Disposable {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  readonly #idle: number;
  readonly #timer;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ signal, idle = IDLE, limit }: Pick<GetOptions, "signal" | "idle" | "limit">) {
    this.signal = either(this.#controller.signal, signal)!;
    this.#idle = idle;
    this.#timer = setTimeout(this.#stop, Math.min(limit, 2 ** 31 - 1));
    this.touch();
  }

  touch(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(this.#stop, this.#idle);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#idleTimer);
  }

  readonly #stop = () => this.#controller.abort();
}

type Environment = (name: string) => string | undefined;

/** Reads a variable of the environment if permitted; outside Deno there is none. */
const readable: Environment = (variable) =>
  "Deno" in globalThis && Deno.permissions.querySync({ name: "env", variable }).state === "granted"
    ? Deno.env.get(variable)
    : undefined;

function isExempt(host: string, list: string): boolean {
  return list.split(",").map((entry) => entry.trim().replace(/^\*?\./, "").toLowerCase())
    .some((entry) => entry === "*" || (entry !== "" && `.${host}`.endsWith(`.${entry}`)));
}

export function proxyOf(url: string, env: Environment = readable): string | undefined {
  const { protocol, hostname } = new URL(url);
  const first = (name: string) => env(name) || env(name.toLowerCase());
  if (isExempt(hostname, first("NO_PROXY") ?? "")) return undefined;
  const proxy = first(`${protocol.slice(0, -1).toUpperCase()}_PROXY`) || first("ALL_PROXY");
  if (!proxy) return undefined;
  return URL.parse(/:\/\//.test(proxy) ? proxy : `http://${proxy}`)?.host;
}

function viaProxy(url: string): string {
  const proxy = proxyOf(url);
  return proxy === undefined ? "" : ` through the proxy ${proxy}`;
}

/** The innermost message of a chain of causes: `connection refused` and not `fetch failed`. */
function rootCause(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  // Deno repeats the address before the reason.
  return message.replace(/^error sending request for url \(.*?\): /, "");
}

function whatItSays(body: string, type: string): string {
  const said = /^\s*\{\s*"error"\s*:\s*("(?:[^"\\\n]|\\.)*")/.exec(body)?.[1];
  if (said !== undefined) return `: ${said.slice(1, -1).slice(0, 200)}`;
  return /\bhtml\b/i.test(type) ? " and an HTML page, as from a proxy" : "";
}

function statusError(
  response: Response,
  { body, url, now }: { body: string; url: string; now: number },
): SourceError {
  const { status, headers } = response;
  const said = whatItSays(body, headers.get("content-type") ?? "");
  const message = `Cannot use the answer of ${url}${viaProxy(url)}: status ${status}${said}`;
  const details = { step: "fetch", retryAfter: parseRetryAfter(headers, now) } as const;
  if (status === 429) {
    return new RateLimitError(message, { ...details, next: { code: "rate_limited" } });
  }
  const transient = status >= 500 || status === 408;
  const next = { code: transient ? "api_failed" : "api_refused" } as const;
  return new FetchError(message, { ...details, transient, next, reason: `status-${status}` });
}

async function readBody(response: Response, watch: Watch): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    watch.touch();
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      throw new FetchError(`Cannot use the answer of ${response.url}: over ${MOST_BYTES} bytes`, {
        step: "fetch",
        next: { code: "answer_too_large" },
        reason: "too-large",
      });
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function failure(
  url: string,
  { cause, watch, response }: { cause: unknown; watch: Watch; response: Response | undefined },
): unknown {
  // Compares the name, since Node has no such class.
  if (cause instanceof FetchError || (cause as Error)?.name === "NotCapable") return cause;
  const details = { step: "fetch", next: { code: "api_failed" }, cause, transient: true } as const;
  if (watch.signal.aborted) {
    const message = `Cannot read ${url}: no more bytes arrived`;
    return new FetchError(message, { ...details, reason: "timeout" });
  }
  if (response !== undefined) {
    const message = `Cannot read ${url}: cut off, ${rootCause(cause)}`;
    return new FetchError(message, { ...details, reason: "cut" });
  }
  const message = `Cannot reach ${url}${viaProxy(url)}: ${rootCause(cause)}`;
  const next = { code: "api_unreachable" } as const;
  return new FetchError(message, { ...details, next, reason: "unreachable" });
}

/** Throws a {@link FetchError}, a `RateLimitError` on status 429, or the reason of the signal. */
export async function get(
  url: string,
  options: GetOptions,
): Promise<{ readonly type: string; readonly body: Uint8Array<ArrayBuffer> }> {
  const { fetch, now, signal } = options;
  using watch = new Watch(options);
  let response: Response | undefined;
  let body: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url, { headers: ACCEPT, signal: watch.signal });
    watch.touch();
    body = await readBody(response, watch);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw failure(url, { cause, watch, response });
  }
  if (response.status !== 200) {
    throw statusError(response, { url, now: now(), body: new TextDecoder().decode(body) });
  }
  return { type: response.headers.get("content-type") ?? "", body };
}
