// Reads the SQL from the argument, a file or stdin.
import { decodeMarked, NO_TEXT } from "../common/byte_order_mark.ts";
import { readNamed } from "../common/system_fault.ts";
import type { Terminal } from "../common/terminal.ts";
import { UsageError } from "../common/errors.ts";

export interface SqlSource {
  /** Arguments that are not options. */
  readonly positionals: readonly string[];
  readonly file?: string | undefined;
}

/** Reads a SQL file. Rejects with a {@link UsageError} if it cannot be read. */
export async function readSqlFile(path: string): Promise<string> {
  try {
    return await readNamed(path, { what: "SQL", step: "query" });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotCapable)) throw cause;
    throw new UsageError(`Cannot read SQL: no permission to read ${path}`, {
      step: "query",
      next: { code: "sql_file_forbidden", path },
      cause,
    });
  }
}

async function readInput(input: Terminal["input"]): Promise<string> {
  try {
    return decodeMarked(await new Response(input).bytes());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(`Cannot read SQL from stdin: ${NO_TEXT}`, { step: "query", cause });
  }
}

/** Returns `undefined` if a user at a terminal gave no SQL. */
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
  if (file !== undefined) return await readSqlFile(file);
  if (terminal.isTerminal.in) return undefined;
  return await readInput(terminal.input);
}
