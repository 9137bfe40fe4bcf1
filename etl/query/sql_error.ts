/**
 * Turns DuckDB's errors into debr's: the cause, the position in the statement, the probable
 * correction, and the exit code.
 *
 * @module
 */
import { type DebrError, DestinationError, UsageError } from "../common/errors.ts";
import { nearest } from "../common/nearest.ts";
import type { EngineName } from "./options.ts";
import { mayBeNewer } from "./newer.ts";
import { nearestColumn } from "./suggest.ts";
import { WRONG } from "./wrong_answers.ts";

/** The prefix of debr's own refusals inside the WebAssembly engine. */
export const REFUSAL = "Not a part of the dataset:";

const KIND = /^(?:Invalid Error: )?([A-Z][A-Za-z ]*?) Error: /;
const OUTSIDE = [
  /Not a part of the dataset: (.*)/,
  /Cannot access (?:file|directory) "([^"]*)"/,
  /File (\S+) requires the extension/,
  /Table with name (\S*[/\\*:]\S*|\S+\.(?:csv|tsv|json|ndjson|parquet|txt|db|duckdb|xlsx)(?:\.\w+)?) does not exist/,
];

/** Whether the WebAssembly engine itself failed and cannot continue. */
export function isBroken(error: unknown): boolean {
  // Compares by name, because an error from another thread has lost its class.
  return error instanceof Error &&
    (/^(?:Runtime|Range)Error$/.test(error.name) ||
      /^(?:INTERNAL|FATAL) Error/.test(error.message));
}

/** Suggests a correction: `Did you mean …?`. */
function suggestion(message: string, { sql, tables }: Failed): string | undefined {
  const table = /Table with name (\S+) does not exist|Referenced table "([^"]+)" not found/
    .exec(message);
  if (table) {
    const meant = nearest(table[1] ?? table[2] ?? "", tables);
    return meant && `Did you mean "${meant}"?`;
  }
  const column =
    /Referenced column "([^"]+)" (?:not found|was not found)|does not have a column named "([^"]+)"|Column "?([^" ]+)"? (?:referenced|in REPLACE|in EXCLUDE)/
      .exec(message);
  const meant = column && nearestColumn(column[1] ?? column[2] ?? column[3] ?? "", sql);
  return meant ? `Did you mean ${meant}?` : undefined;
}

/** Corrects `LINE n` for the lines that debr added, and removes those lines and blank lines. */
function tidy(message: string, linesBefore: number): string {
  return message
    .replace(
      /^(?:Please try installing|INSTALL \w+;|LOAD \w+;|Alternatively, consider|SET auto).*/gm,
      "",
    )
    .replace(/^LINE \d+: (?:\.\.\.)?(?:explain )?create temp table "debr_.*(?:\n *\^)?/gm, "")
    .replace(/^LINE \d+:.*debr_not_.*(?:\n *\^)?/gm, "")
    .replace(/^LINE (\d+):/gm, (whole, line) => {
      const moved = `LINE ${Math.max(1, Number(line) - linesBefore)}:`;
      return moved.padEnd(whole.length);
    })
    .split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").join("\n");
}

/** Removes DuckDB's own guesses, because they know tables that debr does not show. */
function withoutGuesses(message: string): string {
  return message.split("\n").filter((line) =>
    !/^(?:Did you mean "|Candidate bindings: |Candidate tables: )/.test(line)
  ).join("\n");
}

/** The statement that failed, as {@link sqlError} knows it. */
interface Failed {
  readonly sql: string;
  /** The number of lines that debr added before the statement. */
  readonly linesBefore: number;
  /** The tables that the statement can name. */
  readonly tables: readonly string[];
  readonly engine: EngineName;
}

/**
 * Converts an error of DuckDB. Other errors, such as a trap of the WebAssembly engine, are returned
 * unchanged.
 */
export function sqlError(error: unknown, failed: Failed): DebrError | unknown {
  if (!(error instanceof Error)) return error;
  const raw = error.message.replace(/^Failed to (?:extract statements|prepare|execute[^:]*): /, "");
  const details = { step: "query", cause: error };
  for (const pattern of OUTSIDE) {
    const path = pattern.exec(raw)?.[1];
    if (path === undefined) continue;
    return new UsageError(`Refused to read ${path}: query only reads the tables of the dataset`, {
      ...details,
      next: "Read the tables by their names; `.tables` lists them",
    });
  }
  const kind = KIND.exec(raw)?.[1];
  const wrong = raw.split(WRONG)[1];
  if (wrong !== undefined) {
    return new UsageError(`Cannot run SQL: wrong in DuckDB 0.9.1: ${wrong}`, {
      ...details,
      next: { code: "native_runs_it" },
    });
  }
  if (failed.engine === "wasm" && isBroken(error)) {
    const restarted = "the engine failed and restarted without what this session had made";
    return new UsageError(`Cannot run SQL: ${restarted}: ${raw.split("\n")[0]}`, {
      ...details,
      next: { code: "native_may_run_it" },
    });
  }
  if (kind === undefined || kind === "INTERNAL") return error;
  if (kind === "Out of Memory") {
    return new UsageError(`Cannot run SQL: out of memory: ${raw.split("\n")[0]}`, {
      ...details,
      next: { code: "query_too_large" },
    });
  }
  if (
    kind === "IO" || kind === "Invalid" ||
    /^Invalid.*(?:parquet|magic bytes|decompress|snappy|zstd)/i.test(raw)
  ) {
    return new DestinationError(`Cannot read dataset: ${tidy(raw, failed.linesBefore)}`, {
      ...details,
      next: { code: "part_damaged" },
    });
  }
  const meant = suggestion(raw, failed);
  const body = tidy(raw, failed.linesBefore);
  const message = meant === undefined && !body.includes('"pg_')
    ? body
    : [withoutGuesses(body), meant].filter(Boolean).join("\n");
  const mayBeKnown = failed.engine === "wasm" && mayBeNewer(raw, failed.sql);
  return new UsageError(`Cannot run SQL: ${message}`, {
    ...details,
    ...(mayBeKnown && { next: { code: "native_may_run_it" } as const }),
  });
}

/** Whether the cause of an error is the statement itself, independent of its rows. */
export function isOfStatement(told: unknown): boolean {
  return told instanceof UsageError &&
    /^(?:Refused|Cannot run SQL: (?:Parser|Syntax|Binder|Catalog) Error)/.test(told.message);
}
