import { decodeMarked, NO_TEXT } from "../common/byte_order_mark.ts";
import { DebrError } from "../common/errors.ts";
import { readNamed } from "../common/system_fault.ts";
import type { Terminal } from "../common/terminal.ts";
import type { Dataset } from "./dataset.ts";
import { FORMATS, REPEATABLE } from "./formats/format.ts";
import { splitStatements } from "./lexer.ts";
import type { FormatName } from "./options.ts";
import { tooLargeOr } from "./sql_error.ts";
import { usage } from "./errors.ts";

export async function readSqlFile(path: string): Promise<string> {
  try {
    return await readNamed(path, { what: "SQL", step: "query" });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotCapable)) throw cause;
    const next = { code: "sql_file_forbidden", path } as const;
    throw usage(`Cannot read SQL: no permission to read ${path}`, { next, cause });
  }
}

export interface SqlSource {
  readonly positionals: readonly string[];
  readonly file?: string | undefined;
}

/** Returns `undefined` if a user at a terminal gave no SQL. */
export async function readSql(
  { positionals, file }: SqlSource,
  { input, isTerminal }: Pick<Terminal, "input" | "isTerminal">,
): Promise<string | undefined> {
  const [argument] = positionals;
  if (argument?.startsWith(".")) return positionals.join(" ");
  const given = [...positionals, ...(file === undefined ? [] : [`file ${file}`])];
  if (given.length > 1) {
    throw usage(`Cannot read SQL: expected one argument or file, found ${given.join(" ")}`, {
      next: { code: "sql_in_pieces" },
    });
  }
  if (argument !== undefined) return argument;
  if (file !== undefined) return await readSqlFile(file);
  if (isTerminal.in) return undefined;
  try {
    return decodeMarked(await new Response(input).bytes());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw usage(`Cannot read SQL from stdin: ${NO_TEXT}`, { cause });
  }
}

interface Printing {
  readonly format: FormatName;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly atPrompt?: boolean;
}

function checkPrintable(results: number, { format, terminal }: Printing): void {
  if (results > 1 && !REPEATABLE.has(format)) {
    const next = { code: "several_results", formats: [...REPEATABLE] } as const;
    const why = `${format} output holds only one`;
    throw usage(`Cannot print ${results} results as ${format}: ${why}`, { next });
  }
  if (format === "parquet" && terminal.isTerminal.out) {
    throw usage("Cannot print Parquet on a terminal: it is not text", {
      next: "Redirect stdout to a file: > result.parquet",
    });
  }
}

/** Adds the whole script to an error that suggests the native engine. */
function withScript(error: unknown, sql: string): unknown {
  if (!(error instanceof DebrError) || typeof error.next !== "object") return error;
  const { next, message, cause } = error;
  if (next.code !== "native_runs_it" && next.code !== "native_may_run_it") return error;
  return usage(message, { cause, next: { ...next, sql } });
}

/** Checks all statements, then runs them. Statements without rows print nothing. */
export async function runScript(sql: string, dataset: Dataset, printing: Printing): Promise<void> {
  const { terminal, format, signal, atPrompt = false } = printing;
  const { statements } = splitStatements(sql);
  if (statements.length === 0) {
    throw usage("Cannot run SQL: there is no statement", { next: { code: "sql_empty" } });
  }
  const out = (chunk: string | Uint8Array) => {
    signal.throwIfAborted();
    terminal.out(chunk);
  };
  const columns = terminal.isTerminal.out ? terminal.columns() : undefined;
  let printed = 0;
  try {
    const validated = dataset.validate(statements);
    checkPrintable(validated.filter(({ kind }) => kind !== "change").length, printing);
    for (const { sql } of statements) {
      await using result = await dataset.run(sql, { signal });
      if (result === undefined) continue;
      if (printed++ > 0 && format !== "ndjson") out("\n");
      await FORMATS[format](result, out, { columns, atPrompt });
    }
  } catch (error) {
    throw withScript(tooLargeOr(error), sql);
  }
}
