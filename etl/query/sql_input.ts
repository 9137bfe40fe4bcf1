// Finds the SQL: as argument, in a file, or on stdin.
import { isSystemFault, systemReason } from "../common/system_fault.ts";
import type { Terminal } from "../common/terminal.ts";
import { UsageError } from "../common/errors.ts";

export interface SqlSource {
  /** Arguments that are not options. */
  readonly positionals: readonly string[];
  readonly file?: string | undefined;
}

function decode(bytes: Uint8Array, from: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`Cannot read SQL: ${from} is not UTF-8`, { step: "query", cause });
  }
}

async function readFile(path: string): Promise<string> {
  try {
    return decode(await Deno.readFile(path), path);
  } catch (cause) {
    const { NotCapable, NotFound, IsADirectory } = Deno.errors;
    const details = { step: "query", cause };
    if (cause instanceof NotCapable) {
      throw new UsageError(`Cannot read SQL: no permission to read ${path}`, {
        ...details,
        next: { code: "sql_file_forbidden", path },
      });
    }
    if (cause instanceof NotFound || cause instanceof IsADirectory) {
      throw new UsageError(`Cannot read SQL: there is no file ${path}`, details);
    }
    if (isSystemFault(cause)) {
      throw new UsageError(`Cannot read SQL from ${path}: ${systemReason(cause)}`, details);
    }
    throw cause;
  }
}

/** `undefined` where a person at a terminal gave none. */
export async function readSql(
  { positionals, file }: SqlSource,
  terminal: Pick<Terminal, "input" | "isTerminal">,
): Promise<string | undefined> {
  const [argument] = positionals;
  if (argument?.startsWith(".")) return positionals.join(" ");
  if (positionals.length + (file === undefined ? 0 : 1) > 1) {
    throw new UsageError(
      `Cannot read SQL: expected one argument or file, found ${
        [...positionals, ...(file === undefined ? [] : [`file ${file}`])].join(" ")
      }`,
      { step: "query", next: { code: "sql_in_pieces" } },
    );
  }
  if (argument !== undefined) return argument;
  if (file !== undefined) return await readFile(file);
  if (terminal.isTerminal.in) return undefined;
  return decode(await new Response(terminal.input).bytes(), "standard input");
}
