// A minimal HTTP/1.1 server: real ones cannot cut a response at a byte or reset a connection. It
// uses sockets of `node:net`, since Deno's cannot be reset.
import { createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Answer } from "./answer.ts";

const compress = promisify(gzip);
const encoder = new TextEncoder();

const MOST_HEAD = 65_536;

/** Bodies are not read: the API has no requests with one. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** In lower case. */
  readonly headers: string;
}

/** Serves one request after the other. */
export class Connection {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #pending = "";

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
    // Readers and writers get the fault too; unhandled it would end the process.
    socket.on("error", () => {});
    // Without it the system holds a small body back until the client acknowledges the head: 40 ms.
    socket.setNoDelay(true);
  }

  /** `undefined` where the client has gone. */
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

  /** Throws what the socket throws where the client has gone. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#socket.write(bytes, (error) => error ? reject(error) : resolve())
    );
  }

  /** Closes the connection normally, even in the middle of a response. */
  close(): void {
    this.#socket.destroy();
  }

  /** The client's system reports a fault, not an end. */
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

/** Compresses the body where the client accepts it. */
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

/** Whether a fault of the socket only means that the client has gone. */
export function isGone(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return GONE.includes(code);
}

/** Listens on 127.0.0.1; 0 takes a free port. Rejects with what the system says. */
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
