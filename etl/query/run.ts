import type { Terminal } from "../common/terminal.ts";
import { type DebrError, EXIT, type ExitStatus } from "../common/errors.ts";
import { openDataset } from "./dataset.ts";
import type { EngineName, FormatName, OwnFile } from "./options.ts";
import { isDotCommand, runDotCommand } from "./prompt/dot_commands.ts";
import { readSql, runScript, type SqlSource } from "./script.ts";

export interface QueryRequest extends SqlSource {
  readonly format: FormatName;
  readonly engine: EngineName;
  readonly data: string;
  readonly files?: readonly OwnFile[];
  /** The file where the prompt keeps inputs; without it, nothing is kept. */
  readonly history?: string | undefined;
}

interface QueryContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Called once the dataset is open. After that, only a prompt opens files, as its user says. */
  readonly giveUpPermissions?: (isPrompt: boolean) => void;
  /** Puts a next step into words at the prompt; plain advice by default. */
  readonly advise?: (next: DebrError["next"]) => string | undefined;
}

/** Whether the reader of stdout has closed it, as `head` does. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe ||
    (error instanceof Error && "code" in error && error.code === "EPIPE");
}

async function openPrompt(request: QueryRequest, context: QueryContext): Promise<void> {
  const { engine, files = [], data, format, history } = request;
  const open = () => openDataset(data, { engine, files, stoppable: true });
  const dataset = await open();
  const { runPrompt } = await import("./prompt/prompt.ts");
  const { openHistory } = await import("./prompt/files.ts");
  const { openKeyboard } = await import("./prompt/keyboard.ts");
  await import("./parquet_transfer.ts");
  const plain = (next: DebrError["next"]) => typeof next === "string" ? next : undefined;
  const { terminal, advise = plain, giveUpPermissions } = context;
  const kept = await openHistory(history);
  giveUpPermissions?.(true);
  await runPrompt(dataset, { terminal, format, history: kept, openKeyboard, reopen: open, advise });
}

export async function runQuery(request: QueryRequest, context: QueryContext): Promise<ExitStatus> {
  const { terminal, signal } = context;
  const sql = await readSql(request, terminal);
  try {
    if (sql === undefined) {
      await openPrompt(request, context);
      return EXIT.done;
    }
    const { engine, files = [], data, format } = request;
    const sink = format === "parquet" ? terminal.outPath : undefined;
    using dataset = await openDataset(data, { engine, sink, files });
    // Imports need read permission, so this module is imported before permissions are dropped.
    if (format === "parquet") await import("./parquet_transfer.ts");
    context.giveUpPermissions?.(false);
    if (isDotCommand(sql)) await runDotCommand(sql, { dataset, terminal });
    else await runScript(sql, dataset, { format, terminal, signal });
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
  return EXIT.done;
}
