/**
 * A client of the API server for the tests and the fake kubelet: JSON over HTTPS.
 *
 * @module
 */

/** The fields of a Kubernetes object that the tests read. */
export interface Resource {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
}

/** One event of a watch. */
export interface Change<R> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: R;
}

/** Yields the lines of a byte stream as they arrive, until the signal aborts. */
export async function* linesOf(
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  signal?.addEventListener("abort", () => reader.cancel(), { once: true });
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
    rest = lines.pop()!;
    yield* lines;
    if (done) break;
  }
  if (rest !== "") yield rest;
}

/** A client of the API server that authenticates with a token. */
export class Api {
  readonly #url: string;
  readonly #token: string;
  readonly #client: Deno.HttpClient;

  /** `ca` is the CA certificate of the server, as PEM. */
  constructor(url: string, { token, ca }: { readonly token: string; readonly ca: string }) {
    this.#url = url;
    this.#token = token;
    this.#client = Deno.createHttpClient({ caCerts: [ca] });
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#token}`, ...init.headers };
    const answer = await fetch(this.#url + path, { ...init, headers, client: this.#client });
    if (answer.ok) return answer;
    throw new Error(`${init.method ?? "GET"} ${path}: ${answer.status} ${await answer.text()}`);
  }

  async #send(method: string, path: string, body: unknown, type = "json"): Promise<unknown> {
    const headers = { "content-type": `application/${type}` };
    return await (await this.#ask(path, { method, headers, body: JSON.stringify(body) })).json();
  }

  /** Reads an object or a list. */
  async get<R>(path: string): Promise<R> {
    return await (await this.#ask(path)).json();
  }

  /** Whether the server reports that it is ready. */
  async isReady(): Promise<boolean> {
    return await this.#ask("/readyz").then((answer) => answer.text(), () => "") === "ok";
  }

  /** Creates an object or posts to a subresource. */
  async post(path: string, body: unknown): Promise<unknown> {
    return await this.#send("POST", path, body);
  }

  /** Updates the given fields. */
  async patch(path: string, body: unknown): Promise<unknown> {
    return await this.#send("PATCH", path, body, "merge-patch+json");
  }

  /** Deletes an object immediately, as a kubelet does after the last container has ended. */
  async deleteNow(path: string): Promise<void> {
    await this.#send("DELETE", path, { gracePeriodSeconds: 0 }).catch((error) => {
      // The server itself deletes a pod that has ended.
      if (!/: 404 /.test(error.message)) throw error;
    });
  }

  /** Yields all existing objects, then all changes, until the signal aborts. */
  async *watch<R>(path: string, signal: AbortSignal): AsyncGenerator<Change<R>> {
    const { body } = await this.#ask(`${path}?watch=true`);
    for await (const line of linesOf(body!, signal)) yield JSON.parse(line);
  }

  /** Closes its connections. */
  close(): void {
    this.#client.close();
  }
}
