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
const [LINE_FEED, RETURN, BACKSPACE, DELETE] = [10, 13, 8, 127];

/**
 * Asks for a secret on the terminal and prints `mask` for each character typed.
 *
 * @returns The text typed, or `null` if standard input is not a terminal.
 */
export function promptSecret(message = "Secret", options?: PromptSecretOptions): string | null {
  const { mask = "*", clear = false } = options ?? {};
  if (!Deno.stdin.isTerminal()) return null;
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  // Raw mode first, so that nothing is echoed. `cbreak` keeps Ctrl-C, but Windows does not have it.
  if (Deno.build.os === "windows") Deno.stdin.setRaw(true);
  else Deno.stdin.setRaw(true, { cbreak: true });
  try {
    write(`${message} `);
    return readLine((length) => mask && write(`${CLEAR_LINE}${message} ${mask.repeat(length)}`));
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
