// Runs several statements and prints each result.
import type { Terminal } from "../common/terminal.ts";
import { DebrError, UsageError } from "../common/errors.ts";
import type { Dataset } from "./dataset.ts";
import { FORMATS, REPEATABLE } from "./formats/format.ts";
import type { Out } from "./formats/out.ts";
import { splitStatements } from "./lexer.ts";
import type { FormatName } from "./options.ts";

interface Printing {
  readonly format: FormatName;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly atPrompt?: boolean;
}

function checkPrintable(statements: number, results: number, printing: Printing): void {
  const { format, terminal } = printing;
  const details = { step: "query" };
  if (statements === 0) {
    throw new UsageError("Cannot run SQL: there is no statement", {
      ...details,
      next: { code: "sql_empty" },
    });
  }
  if (results > 1 && !REPEATABLE.has(format)) {
    throw new UsageError(
      `Cannot print ${results} results as ${format}: they would be no ${format}`,
      {
        ...details,
        next: { code: "several_results", formats: [...REPEATABLE] },
      },
    );
  }
  if (format === "parquet" && terminal.isTerminal.out) {
    throw new UsageError("Cannot print Parquet on a terminal: it is not text", {
      ...details,
      next: "Redirect stdout to a file: > result.parquet",
    });
  }
}

/** Adds the whole script to an error that suggests the native engine. */
function withScript(error: unknown, sql: string): unknown {
  if (!(error instanceof DebrError) || typeof error.next !== "object") return error;
  const { next, message, step, cause } = error;
  if (next.code !== "native_runs_it" && next.code !== "native_may_run_it") return error;
  return new UsageError(message, { step, cause, next: { ...next, sql } });
}

/** Checks all statements, then runs them. Statements without rows print nothing. */
export async function runScript(sql: string, dataset: Dataset, printing: Printing): Promise<void> {
  try {
    await runStatements(sql, dataset, printing);
  } catch (error) {
    throw withScript(error, sql);
  }
}

async function runStatements(sql: string, dataset: Dataset, printing: Printing): Promise<void> {
  const { statements } = splitStatements(sql);
  const validated = dataset.validate(statements);
  checkPrintable(
    statements.length,
    validated.filter(({ kind }) => kind !== "change").length,
    printing,
  );
  const { terminal, format, signal, atPrompt = false } = printing;
  const out: Out = (chunk) => {
    signal.throwIfAborted();
    terminal.out(chunk);
  };
  const columns = terminal.isTerminal.out ? terminal.columns() : undefined;
  let printed = 0;
  for (const { sql } of statements) {
    const result = await dataset.run(sql, { signal });
    if (result === undefined) continue;
    try {
      if (printed++ > 0 && format !== "ndjson") out("\n");
      await FORMATS[format](result, out, { columns, atPrompt });
    } finally {
      await result.close();
    }
  }
}
