import type { ArgValues } from "gunshi";
import type { ExitStatus } from "../common/errors.ts";
import type { Context } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { ownFile, type query } from "./query.ts";

/** Permissions to drop once the dataset is open: SQL cannot use what is not there. */
const PERMISSIONS = ["read", "write", "net", "env", "run", "ffi", "sys"] as const;

export async function runQuery(
  { file, format, engine, data, with: files = [] }: ArgValues<(typeof query)["args"]>,
  context: Context,
): Promise<ExitStatus> {
  const { terminal, positionals } = context;
  const { runQuery: run } = await import("../query/run.ts");
  return await run({ positionals, file, format, engine, data, files: files.map(ownFile) }, {
    terminal,
    // The WebAssembly engine may compute for minutes without handling events. Signals are therefore
    // left to the system, which ends the process; nothing is written that could break.
    get signal() {
      return engine === "wasm" ? new AbortController().signal : context.signal;
    },
    advise: (next) => nextText(next, { terminal: true, data, args: ["query", `--data=${data}`] }),
    giveUpPermissions: () => {
      for (const name of PERMISSIONS) Deno.permissions.revokeSync({ name });
    },
  });
}
