/**
 * `@std/cli/prompt-secret` for use without JSR. `deno task std` installs the real package.
 *
 * @module
 */

/** Options of {@link promptSecret}. */
export type PromptSecretOptions = {
  /** The text printed for each character typed; an empty text prints nothing. */
  mask?: string;
  /** Clears the line once the secret is typed. */
  clear?: boolean;
};

const CLEAR_LINE = "\r\x1b[K";
const LINE_UP = "\r\x1b[1F";
const [LINE_FEED, RETURN, BACKSPACE, DELETE] = [10, 13, 8, 127];

/**
 * Returns what redraws the last row of prompt and masks. The rows above it are complete, and clearing
 * only the current row of a wrapped line would print the line once more for each key.
 */
function redrawn(line: string, before: number, columns: number): string {
  const rest = line.length % columns;
  const row = line.length > columns ? line.slice(-(rest || columns)) : line;
  if (line.length < before) return CLEAR_LINE + (rest === 0 ? LINE_UP : "") + row;
  return (rest === 1 ? "" : CLEAR_LINE) + row;
}

/**
 * Asks for a secret on the terminal and prints `mask` for each character typed.
 *
 * @returns The text typed, or `null` if standard input is not a terminal.
 */
export function promptSecret(message = "Secret", options?: PromptSecretOptions): string | null {
  const { mask = "*", clear = false } = options ?? {};
  if (!Deno.stdin.isTerminal()) return null;
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  const { columns } = Deno.consoleSize();
  let before = 0;
  const draw = (length: number) => {
    const line = `${message} ${mask.repeat(length)}`;
    write(redrawn(line, before, columns));
    before = line.length;
  };
  // Raw mode first, so that nothing is echoed. `cbreak` keeps Ctrl-C, but Windows does not have it.
  if (Deno.build.os === "windows") Deno.stdin.setRaw(true);
  else Deno.stdin.setRaw(true, { cbreak: true });
  try {
    write(`${message} `);
    return readLine((length) => mask && draw(length));
  } finally {
    write(clear ? CLEAR_LINE : "\n");
    Deno.stdin.setRaw(false);
  }
}

function readLine(onLength: (length: number) => void): string {
  const typed: number[] = [];
  const byte = new Uint8Array(1);
  for (;;) {
    const read = Deno.stdin.readSync(byte);
    const [key = LINE_FEED] = byte;
    if (!read || key === LINE_FEED || key === RETURN) break;
    if (key === BACKSPACE || key === DELETE) typed.pop();
    else typed.push(key);
    onLength(typed.length);
  }
  return new TextDecoder().decode(new Uint8Array(typed));
}
