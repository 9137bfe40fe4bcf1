/**
 * `query`: SQL in, rows out.
 *
 * @module
 */
import type { Terminal } from "../common/terminal.ts";
import { type DebrError, EXIT, type ExitStatus } from "../common/errors.ts";
import { openDataset } from "./dataset.ts";
import { isDotCommand, runDotCommand } from "./dot_commands.ts";
import type { EngineName, FormatName, OwnFile } from "./options.ts";
import type { LineReader } from "./prompt.ts";
import { runScript } from "./script.ts";
import { readSql, type SqlSource } from "./sql_input.ts";

/** What is asked. */
export interface QueryRequest extends SqlSource {
  readonly format: FormatName;
  readonly engine: EngineName;
  /** Folder of the dataset. */
  readonly data: string;
  /** Files beside the tables, each a view. */
  readonly files?: readonly OwnFile[];
}

/** What `query` has around it. */
interface QueryContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Called once the dataset is open and nothing more need be opened. */
  readonly giveUpPermissions?: () => void;
  /** Says what to do next in words, at the prompt; only plain advice unless it is given. */
  readonly advise?: (next: DebrError["next"]) => string | undefined;
  /** Opens the keyboard for a prompt; {@link openKeyboard} unless a test types. */
  readonly keyboard?: () => Promise<LineReader>;
}

/** Whether who read our stdout has gone, as `head` does when it has enough. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe ||
    (error instanceof Error && "code" in error && error.code === "EPIPE");
}

/**
 * Runs what was asked and prints it, or opens a prompt where a person at a terminal asked nothing.
 *
 * Rejects with a `UsageError` where the SQL is wrong or does more than read, with a
 * `DestinationError` where there is no dataset or it cannot be read.
 */
export async function runQuery(request: QueryRequest, context: QueryContext): Promise<ExitStatus> {
  const { terminal } = context;
  const sql = await readSql(request, terminal);
  const sink = request.format === "parquet" ? terminal.outPath : undefined;
  const { engine, files = [] } = request;
  const dataset = await openDataset(request.data, { engine, sink, files });
  try {
    // Code is read like any other file, so what may be needed is imported before.
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
