/**
 * An API on this machine that answers as a test says.
 *
 * @module
 */

/** What is asked: the query of the address. */
export type Answer = (query: URLSearchParams) => Response | Promise<Response>;

/** An API that listens until it is disposed. */
export interface FakeApi extends AsyncDisposable {
  /** Address as `--api` takes it. */
  readonly url: string;
  /** The addresses asked for, in order. */
  readonly asked: readonly string[];
}

/** Starts an API. */
export function fakeApi(answer: Answer): FakeApi {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname, search, searchParams } = new URL(request.url);
    asked.push(pathname + search);
    return answer(searchParams);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/api`,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
