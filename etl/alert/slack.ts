// Posts to an incoming webhook of Slack. Its address is a secret, so no message or error shows it.
import { readNamed } from "../common/system_fault.ts";
import type { Effects } from "../common/effects.ts";
import { DestinationError, UsageError } from "../common/errors.ts";
import { parseRetryAfter, withRetries } from "../extract/api/retry.ts";
import type { Message } from "./message.ts";

/** Contains the webhook's address, or `@` and the path of a file that contains it. */
const WEBHOOK_VARIABLE = "DEBR_SLACK_WEBHOOK_URL";

/** The number of attempts, and the timeouts of one and of all in milliseconds. */
const TRIES = 4;
const TRY_TIMEOUT = 10_000;
const TIMEOUT = 60_000;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

const NEXT = { code: "webhook", variable: WEBHOOK_VARIABLE } as const;

function refuse(reason: string): UsageError {
  return new UsageError(`Cannot use the webhook: ${reason}`, { step: "webhook", next: NEXT });
}

/** Reads the webhook from `@FILE` or the environment. Throws a `UsageError` that never shows it. */
export async function findWebhook(to: string | undefined): Promise<URL> {
  if (to !== undefined && !to.startsWith("@")) {
    throw refuse("on the command line, anyone who can list processes could read it");
  }
  const named = to ?? Deno.env.get(WEBHOOK_VARIABLE) ?? "";
  const text = named.startsWith("@")
    ? await readNamed(named.slice(1), { what: "the webhook", step: "webhook", next: NEXT })
    : named;
  if (text.trim() === "") throw refuse("no address is given");
  const url = URL.parse(text.trim());
  if (url === null) throw refuse("it is not a URL");
  const isLocal = url.protocol === "http:" && LOOPBACK.test(url.hostname);
  if (url.protocol !== "https:" && !isLocal) throw refuse("it does not begin with https:");
  return url;
}

/** Makes the error of a failed request. It has no cause: runtime errors contain the address. */
function undelivered(
  reason: string,
  { transient, retryAfter }: { transient: boolean; retryAfter?: number | undefined },
): DestinationError {
  return new DestinationError(`Cannot notify Slack: ${reason}`, {
    step: "notify",
    next: "No alert was sent. Check the webhook, then run the same command again",
    transient,
    retryAfter,
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "it did not answer";
  const { cause, message } = error as Error;
  const said = cause instanceof Error ? cause.message : message;
  return said.replace(/\(?\bhttps?:\/\/\S*/gi, "…");
}

async function attempt(
  webhook: URL,
  message: Message,
  { fetch, now }: Pick<Effects, "fetch" | "now">,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(message),
      redirect: "manual",
      signal: AbortSignal.timeout(TRY_TIMEOUT),
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw undelivered(reasonOf(error), { transient: true });
  }
  const { status, headers } = answer;
  // Shows only Slack's error codes such as `invalid_blocks`: other text may quote the address.
  const words = /^[a-z_]{1,60}$/.exec((await answer.text().catch(() => "")).trim())?.[0];
  if (status >= 200 && status < 300) return;
  const said = words === undefined ? "" : `, ${words}`;
  throw undelivered(`it answered with status ${status}${said}`, {
    transient: TRANSIENT.has(status),
    retryAfter: parseRetryAfter(headers, now()),
  });
}

export async function post(
  webhook: URL,
  message: Message,
  effects: Pick<Effects, "fetch" | "now" | "sleep">,
): Promise<void> {
  await withRetries(() => attempt(webhook, message, effects), {
    effects,
    deadline: effects.now() + TIMEOUT,
    isEnough: (tries) => tries >= TRIES,
    onRetry: () => {},
  });
}
