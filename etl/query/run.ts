// `query`: SQL in, rows out.
import type { Terminal } from "../common/terminal.ts";
import { type DebrError, EXIT, type ExitStatus } from "../common/errors.ts";
import { openDataset } from "./dataset.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import type { EngineName, FormatName, OwnFile } from "./options.ts";
import type { LineReader } from "./prompt.ts";
import { runScript } from "./script.ts";
import { readSql, type SqlSource } from "./sql_input.ts";

export interface QueryRequest extends SqlSource {
  readonly format: FormatName;
  readonly engine: EngineName;
  readonly data: string;
  /** Each is a view. */
  readonly files?: readonly OwnFile[];
}

interface QueryContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Called once the dataset is open and nothing more need be opened. */
  readonly giveUpPermissions?: () => void;
  /** Puts a next step into words at the prompt; plain advice by default. */
  readonly advise?: (next: DebrError["next"]) => string | undefined;
  /** {@link openKeyboard} except in tests. */
  readonly keyboard?: () => Promise<LineReader>;
}

/** Whether the reader of stdout has gone, as `head` does. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe ||
    (error instanceof Error && "code" in error && error.code === "EPIPE");
}

/**
 * Runs the SQL and prints the result, or opens a prompt at a terminal without SQL. Rejects with a
 * `UsageError` where the SQL is wrong or does more than read, and with a `DestinationError` where
 * the dataset cannot be read.
 */
export async function runQuery(request: QueryRequest, context: QueryContext): Promise<ExitStatus> {
  const { terminal } = context;
  const sql = await readSql(request, terminal);
  const sink = request.format === "parquet" ? terminal.outPath : undefined;
  const { engine, files = [] } = request;
  const dataset = await openDataset(request.data, { engine, sink, files });
  try {
    // Imports need read permission, so they happen before it is dropped.
    const prompt = await import("./prompt.ts");
    if (request.format === "parquet") await import("./parquet_transfer.ts");
    const keyboard = context.keyboard ?? prompt.openKeyboard;
    context.giveUpPermissions?.();
    const { format } = request;
    if (sql === undefined) {
      const advise = context.advise ??
        ((next: DebrError["next"]) => typeof next === "string" ? next : undefined);
      await prompt.runPrompt(dataset, { terminal, format, keyboard: await keyboard(), advise });
    } else if (isDotCommand(sql)) await runDotCommand(sql, { dataset, terminal });
    else await runScript(sql, dataset, { format, terminal, signal: context.signal });
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  } finally {
    dataset.close();
  }
  return EXIT.done;
}
