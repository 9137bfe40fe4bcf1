/**
 * One GET request to the API: from an address to the text of its answer, or an error that says
 * whether trying again may help.
 *
 * @module
 */
import type { Effects } from "../effects.ts";
import { RateLimitError, SourceError } from "../errors.ts";
import { VERSION } from "../version.ts";

/** How to go on without the API. */
export const OFFLINE = "Work offline: deno task extract --source sample";

const ACCEPT = { "accept": "application/json", "user-agent": `debr/${VERSION}` };

/** The innermost message of a chain of causes: `connection refused` and not `fetch failed`. */
function rootCause(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  // Deno repeats the address before the reason.
  return message.replace(/^error sending request for url \(.*?\): /, "");
}

function unreachable(url: string, cause: unknown): SourceError {
  return new SourceError(`Cannot reach ${url}: ${rootCause(cause)}`, {
    step: "fetch",
    next: OFFLINE,
    cause,
    transient: true,
  });
}

/** What the API says is wrong, where its body is `{"error": …}`. */
function apiError(body: string): string {
  const said = /^\s*\{\s*"error"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  return said === undefined ? "" : `: ${JSON.parse(said)}`;
}

function statusError(url: string, status: number, body: string): Error {
  const message = `Cannot use the answer of ${url}: status ${status}${apiError(body)}`;
  if (status === 429) {
    return new RateLimitError(message, {
      step: "fetch",
      next: "Wait 5 minutes, then run it again",
    });
  }
  return new SourceError(message, {
    step: "fetch",
    next: status >= 500 ? `Run it again later. ${OFFLINE}` : "Check --api and --api-version",
    transient: status >= 500 || status === 408,
  });
}

/**
 * The body of a JSON answer.
 *
 * Throws a `RateLimitError` on status 429 and a `SourceError` when the address cannot be reached,
 * answers with another status than 200, or with something that does not say it is JSON.
 */
export async function getJson(
  url: string,
  { fetch, signal }: Pick<Effects, "fetch"> & { readonly signal?: AbortSignal | undefined },
): Promise<string> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, { headers: ACCEPT, signal: signal ?? null });
    body = new TextDecoder("utf-8", { fatal: true }).decode(await response.arrayBuffer());
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw unreachable(url, error);
  }
  if (response.status !== 200) throw statusError(url, response.status, body);
  const type = response.headers.get("content-type") ?? "nothing";
  if (!/\bjson\b/i.test(type)) {
    throw new SourceError(`Cannot use the answer of ${url}: content type ${type}, not JSON`, {
      step: "fetch",
      next: `Check --api; a proxy may have answered. ${OFFLINE}`,
      transient: true,
    });
  }
  return body;
}
