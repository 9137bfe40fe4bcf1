/**
 * The log of a container as a kubelet stores and serves it: lines with timestamps.
 *
 * @module
 */

interface Line {
  readonly at: string;
  readonly text: string;
}

/** The options of a log request, named as in the kubelet's API. */
interface LogRequest {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tail: number;
  readonly since: number;
}

function requestOf(query: URLSearchParams): LogRequest {
  return {
    follow: query.get("follow") === "true",
    timestamps: query.get("timestamps") === "true",
    tail: Number(query.get("tailLines") ?? Infinity),
    since: Date.now() - 1000 * Number(query.get("sinceSeconds") ?? Infinity),
  };
}

/** The log of a container. */
export class ContainerLog {
  readonly #lines: Line[] = [];
  #ended = false;
  #more = Promise.withResolvers<void>();

  #wake(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers<void>();
  }

  /** Adds a line. */
  add(text: string): void {
    this.#lines.push({ at: new Date().toISOString(), text });
    this.#wake();
  }

  /** Ends the log. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *#read({ follow, timestamps, tail, since }: LogRequest): AsyncGenerator<string> {
    let at = Math.max(0, this.#lines.length - tail);
    for (;;) {
      const more = this.#more.promise;
      for (; at < this.#lines.length; at++) {
        const line = this.#lines[at]!;
        if (Date.parse(line.at) < since) continue;
        yield timestamps ? `${line.at} ${line.text}\n` : `${line.text}\n`;
      }
      if (this.#ended || !follow) return;
      await more;
    }
  }

  /** Returns the response to a log request. */
  answer(query: URLSearchParams): Response {
    const text = ReadableStream.from(this.#read(requestOf(query)));
    return new Response(text.pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": "text/plain" },
    });
  }
}
