/**
 * A fake terminal that records its output.
 *
 * @module
 */
import type { Terminal } from "../../etl/common/terminal.ts";

/** A {@link Terminal} with its recorded output. */
export interface FakeTerminal extends Terminal {
  /** Everything written to stdout, as bytes. */
  readonly bytes: () => Uint8Array;
  /** Everything written to stdout, as text. */
  readonly output: () => string;
  /** Everything written to stderr. */
  readonly errors: () => string;
}

/** Makes a fake terminal; by default neither stdin nor stdout is one. */
export function fakeTerminal(
  { input = "", isIn = false, isOut = false, columns = 80 }: {
    readonly input?: string | Uint8Array<ArrayBuffer>;
    readonly isIn?: boolean;
    readonly isOut?: boolean;
    readonly columns?: number;
  } = {},
): FakeTerminal {
  const written: Uint8Array[] = [];
  let errors = "";
  const bytes = () => {
    const all = new Uint8Array(written.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of written) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  };
  return {
    out: (chunk) =>
      void written.push(
        typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk.slice(),
      ),
    err: (text) => void (errors += text),
    input: new Response(input).body ?? new ReadableStream(),
    isTerminal: { in: isIn, out: isOut, err: isOut },
    columns: () => columns,
    color: false,
    bytes,
    output: () => new TextDecoder().decode(bytes()),
    errors: () => errors,
  };
}
