/**
 * A local webhook: records what is posted, returns configured responses, and accepts only what Slack
 * accepts.
 *
 * @module
 */
import { assertMessage } from "./block_kit.ts";

/** A secret in the address; tests assert that no output contains it. */
export const TOKEN = "T0PLANTED/B0PLANTED/s3cr3tPLANTED";

/** A posted message. */
export interface Posted {
  readonly text: string;
  /** The request body as text. */
  readonly body: string;
}

/** Returns the response to the n-th request; `undefined` means accepted. */
export type Answer = (number: number) => Response | undefined | Promise<Response | undefined>;

/** A running receiver. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** The accepted messages, in order. */
  readonly posted: readonly Posted[];
  /** How many requests were received. */
  readonly requests: number;
}

/** Starts a receiver. Messages that Slack would refuse get status 400. */
export function startReceiver(answer: Answer = () => undefined): Receiver {
  const posted: Posted[] = [];
  let requests = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const refusal = await answer(++requests);
      if (refusal !== undefined) return refusal;
      const body = await request.text();
      const right = request.method === "POST" && new URL(request.url).pathname.endsWith(TOKEN) &&
        request.headers.get("content-type")?.startsWith("application/json");
      if (!right) return new Response("no_service", { status: 404 });
      try {
        assertMessage(JSON.parse(body));
      } catch {
        return new Response("invalid_blocks", { status: 400 });
      }
      posted.push({ text: JSON.parse(body).text, body });
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
