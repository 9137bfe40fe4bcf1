/**
 * A local API with the responses of a test.
 *
 * @module
 */

/** Returns the response to the query of an address. */
export type Answer = (query: URLSearchParams) => Response | Promise<Response>;

/** A running API; disposing it stops the server. */
export interface FakeApi extends AsyncDisposable {
  /** The address for `--api`. */
  readonly url: string;
  /** The requested addresses, in order. */
  readonly requested: readonly string[];
}

/** Starts an API. */
export function fakeApi(answer: Answer): FakeApi {
  const requested: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname, search, searchParams } = new URL(request.url);
    requested.push(pathname + search);
    return answer(searchParams);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/api`,
    requested,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
