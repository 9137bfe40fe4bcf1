import type { ArgValues } from "gunshi";
import { EXIT, type ExitStatus, UsageError } from "../common/errors.ts";
import type { Context } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { ownFile, type query } from "./query.ts";

/** Permissions to drop once the dataset is open, so that SQL cannot use them. */
const PERMISSIONS = ["read", "write", "net", "env", "run", "ffi", "sys"] as const;
/** Permissions that a prompt keeps for the user's files. Its WebAssembly engine keeps none. */
const AT_PROMPT: ReadonlySet<string> = new Set(["read", "write", "env"]);

const HISTORY = "data/.query_history";

function requireAlone(others: readonly string[]): void {
  if (others.length === 0) return;
  throw new UsageError("Cannot export and run SQL at once: --export writes the whole tables", {
    step: "arguments",
    next: "Run one after the other; --format parquet keeps the result of SQL",
  });
}

export async function runQuery(
  { file, format, engine, data, with: files = [], noHistory, export: path }: ArgValues<
    (typeof query)["args"]
  >,
  context: Context,
): Promise<ExitStatus> {
  const { terminal, positionals } = context;
  if (path !== undefined) {
    requireAlone([...positionals, ...(file === undefined ? [] : [file])]);
    const { exportTables } = await import("../query/export/export.ts");
    const { bytes } = await exportTables(path, { data, engine, signal: context.signal });
    terminal.err(`Wrote ${path}, ${(bytes / 1e6).toFixed(1)} MB. It holds sensitive columns\n`);
    return EXIT.done;
  }
  const { runQuery: run } = await import("../query/run.ts");
  const request = { positionals, file, format, engine, data, files: files.map(ownFile) };
  return await run({ ...request, history: noHistory ? undefined : HISTORY }, {
    terminal,
    // The WebAssembly engine may compute for minutes without handling events. The system therefore
    // handles signals and ends the process; this is safe because nothing is written.
    get signal() {
      return engine === "wasm" ? new AbortController().signal : context.signal;
    },
    advise: (next) => nextText(next, { terminal: true, data, args: ["query", `--data=${data}`] }),
    giveUpPermissions: (isPrompt) => {
      for (const name of PERMISSIONS) {
        if (!isPrompt || !AT_PROMPT.has(name)) Deno.permissions.revokeSync({ name });
      }
    },
  });
}
