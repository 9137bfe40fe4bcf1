/**
 * A webhook on this machine: keeps what is posted to it, answers as told, and takes only what Slack
 * would take.
 *
 * @module
 */
import { assertMessage } from "./block_kit.ts";

/** A secret in the address; tests look for it where it must not be. */
export const TOKEN = "T0PLANTED/B0PLANTED/s3cr3tPLANTED";

/** What was posted. */
export interface Posted {
  readonly text: string;
  /** All of it, as text. */
  readonly whole: string;
}

/** How to answer a request; taken where it says nothing. */
export type Answer = (number: number) => Response | undefined | Promise<Response | undefined>;

/** A running receiver. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** What was taken, in order. */
  readonly posted: readonly Posted[];
  /** How many requests came. */
  readonly requests: number;
}

/** Starts a receiver. Messages that Slack would refuse get its status 400. */
export function startReceiver(answer: Answer = () => undefined): Receiver {
  const posted: Posted[] = [];
  let requests = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const refusal = await answer(++requests);
      if (refusal !== undefined) return refusal;
      const whole = await request.text();
      const right = request.method === "POST" && new URL(request.url).pathname.endsWith(TOKEN) &&
        request.headers.get("content-type")?.startsWith("application/json");
      if (!right) return new Response("no_service", { status: 404 });
      try {
        assertMessage(JSON.parse(whole));
      } catch {
        return new Response("invalid_blocks", { status: 400 });
      }
      posted.push({ text: JSON.parse(whole).text, whole });
      return new Response("ok");
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/services/${TOKEN}`,
    posted,
    get requests() {
      return requests;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
