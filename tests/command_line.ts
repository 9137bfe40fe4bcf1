/**
 * Runs `extract` in this process as the command line does, with a clock that does not wait.
 *
 * @module
 */
import { extract } from "../etl/cli/extract.ts";
import { run as runExtract } from "../etl/cli/extract_run.ts";
import { parseCommand } from "../etl/cli/parse.ts";
import { DebrError } from "../etl/common/errors.ts";
import type { ClientEffects } from "../etl/random_user.ts";
import { fakeClock } from "./clock.ts";

/** The output and the exit code of a run. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** The error that ended the run. */
  readonly error?: DebrError;
  /** The events, if the log is JSON. */
  readonly events: readonly (Record<string, unknown> & { readonly event: string })[];
}

/** Options of {@link runCommandLine}. */
export interface RunOptions {
  readonly effects?: ClientEffects;
  readonly signal?: AbortSignal;
}

/** Runs `extract` with these arguments. */
export async function runCommandLine(
  args: readonly string[],
  { effects = fakeClock(), signal = new AbortController().signal }: RunOptions = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const terminal = {
    out: (chunk: string | Uint8Array) => void (out += chunk),
    err: (text: string) => void (err += text),
    input: new ReadableStream<Uint8Array>(),
    isTerminal: { in: false, out: false, err: false },
    columns: () => 80,
    color: false,
  };
  const { values, positionals } = await parseCommand(extract, args);
  const context = { terminal, positionals, signal };
  const ended = await runExtract(values, context, effects).then(
    (status) => ({ status }),
    (error) => {
      if (error instanceof DebrError) return { status: error.status, error };
      throw error;
    },
  );
  const lines = args.includes("json") ? err.split("\n").filter((line) => line !== "") : [];
  return { ...ended, out, err, events: lines.map((line) => JSON.parse(line)) };
}
