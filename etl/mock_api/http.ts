// A minimal HTTP/1.1 server: real servers cannot cut a response at a byte or reset a connection. It
// uses sockets of `node:net`, since sockets of Deno cannot be reset.
import { createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Answer } from "./api.ts";

const compress = promisify(gzip);
const encoder = new TextEncoder();

const MOST_HEAD = 65_536;

/** A request without body: the API has none with one. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The headers in lower case. */
  readonly headers: string;
}

/** Serves requests one by one. */
export class Connection {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #pending = "";

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
    // Readers and writers also get the error; an unhandled one would end the process.
    socket.on("error", () => {});
    // Without it the system delays a small body until the client acknowledges the head: 40 ms.
    socket.setNoDelay(true);
  }

  /** Reads a request; `undefined` if the client has disconnected. */
  async request(): Promise<HttpRequest | undefined> {
    let end: number;
    while ((end = this.#pending.indexOf("\r\n\r\n")) < 0) {
      const { done, value } = await this.#chunks.next();
      if (done || this.#pending.length > MOST_HEAD) return undefined;
      this.#pending += this.#decoder.decode(value, { stream: true });
    }
    const [line = "", ...headers] = this.#pending.slice(0, end).split("\r\n");
    this.#pending = this.#pending.slice(end + 4);
    const [method = "", target = ""] = line.split(" ");
    return { method, target, headers: headers.join("\n").toLowerCase() };
  }

  /** Writes bytes; throws the error of the socket if the client has disconnected. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#socket.write(bytes, (error) => error ? reject(error) : resolve())
    );
  }

  /** Closes the connection normally, even in the middle of a response. */
  close(): void {
    this.#socket.destroy();
  }

  /** Resets the connection: the system of the client reports an error and not an end. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }
}

export interface Message {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

/** Builds a response; compresses the body if the client accepts it. */
export async function message(answer: Answer, headers: string): Promise<Message> {
  const gzipped = /^accept-encoding:.*\bgzip\b/m.test(headers);
  const plain = encoder.encode(answer.body);
  const body = gzipped ? await compress(plain, { level: constants.Z_BEST_SPEED }) : plain;
  const head = [
    `HTTP/1.1 ${answer.status} ${REASONS[answer.status]}`,
    `Content-Type: ${answer.type}; charset=utf-8`,
    `Content-Length: ${body.length}`,
    "Vary: Accept-Encoding",
    "Access-Control-Allow-Origin: *",
    ...gzipped ? ["Content-Encoding: gzip"] : [],
    ...answer.retryAfter === undefined ? [] : [`Retry-After: ${answer.retryAfter}`],
  ];
  return { head: encoder.encode(head.join("\r\n") + "\r\n\r\n"), body };
}

const GONE = [
  "ECONNABORTED",
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_PREMATURE_CLOSE",
];

/** Whether an error of the socket only means that the client has disconnected. */
export function isGone(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return GONE.includes(code);
}

/** Listens on 127.0.0.1; 0 takes a free port. Rejects with the error of the system. */
export async function listen(
  port: number,
  onConnection: (connection: Connection) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => onConnection(new Connection(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as { port: number }).port };
}
