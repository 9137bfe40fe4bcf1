/**
 * What a container printed, as a kubelet keeps and serves it: lines with the time they came.
 *
 * @module
 */

interface Line {
  readonly at: string;
  readonly text: string;
}

/** Which lines a reader asks for, as the kubelet's own API names it. */
interface Wanted {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tail: number;
  readonly since: number;
}

function wantedOf(query: URLSearchParams): Wanted {
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

  /** A line came. */
  add(text: string): void {
    this.#lines.push({ at: new Date().toISOString(), text });
    this.#wake();
  }

  /** No more lines will come. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *#read({ follow, timestamps, tail, since }: Wanted): AsyncGenerator<string> {
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

  /** Answers a request for the log. */
  answer(query: URLSearchParams): Response {
    const text = ReadableStream.from(this.#read(wantedOf(query)));
    return new Response(text.pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": "text/plain" },
    });
  }
}
