import { TABLE_NAMES, type TableName, TABLES } from "../../schema/mod.ts";
import { UsageError } from "../common/errors.ts";
import { nearest } from "../common/nearest.ts";
import { mayBeNewer } from "./newer.ts";
import type { EngineName } from "./options.ts";
import { BY_NAME, ONLY_READS, unreadable, usage } from "./errors.ts";
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

function matched(pattern: RegExp, message: string): string | undefined {
  return pattern.exec(message)?.slice(1).find((group) => group !== undefined);
}

/** Finds the column that was probably meant; the tables in the statement come first. */
function nearestColumn(word: string, sql: string): string | undefined {
  const columnsOf = (tables: readonly TableName[]) =>
    tables.flatMap((table) => Object.keys(TABLES[table].columns));
  const named = TABLE_NAMES.filter((table) => new RegExp(`\\b${table}\\b`, "i").test(sql));
  return nearest(word, columnsOf(named)) ?? nearest(word, columnsOf(TABLE_NAMES));
}

function suggestion(message: string, { sql, tables }: Failed): string | undefined {
  const table = matched(
    /Table with name (\S+) does not exist|Referenced table "([^"]+)" not found/,
    message,
  );
  if (table !== undefined) {
    const meant = nearest(table, tables);
    return meant && `Did you mean "${meant}"?`;
  }
  const column = matched(
    /Referenced column "([^"]+)" (?:not found|was not found)|does not have a column named "([^"]+)"|Column "?([^" ]+)"? (?:referenced|in REPLACE|in EXCLUDE)/,
    message,
  );
  const meant = column && nearestColumn(column, sql);
  if (!meant) return undefined;
  const owners = TABLE_NAMES.filter((table) => meant in TABLES[table].columns);
  return `Did you mean "${meant}" (${owners.join(", ")})?`;
}

/** Corrects `LINE n` for the lines that debr added, and removes those lines and blank lines. */
function tidy(message: string, linesBefore: number): string {
  return message
    .replace(
      /^(?:Please try installing|INSTALL \w+;|LOAD \w+;|Alternatively, consider|SET auto).*/gm,
      "",
    )
    .replace(/^LINE \d+: (?:\.\.\.)?(?:explain )?create temp table "debr_.*(?:\n *\^)?/gm, "")
    .replace(/^LINE \d+:.*debr_(?:not_|ro).*(?:\n *\^)?/gm, "")
    .replace(
      /^LINE (\d+):/gm,
      (whole, line) => `LINE ${Math.max(1, line - linesBefore)}:`.padEnd(whole.length),
    )
    .split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").join("\n");
}

/** What DuckDB and JavaScript say if the memory does not suffice. */
const TOO_LARGE =
  /Out of Memory Error|std::bad_alloc|malloc of size|Invalid string length|exceeds maximum length|Array buffer allocation/;

/** Explains an error of a result that does not fit into memory. Returns others unchanged. */
export function tooLargeOr(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  if (!TOO_LARGE.test(error.message)) return error;
  const message = `Cannot run SQL: out of memory: ${error.message.split("\n")[0]}`;
  return usage(message, { cause: error, next: { code: "query_too_large" } });
}

interface Failed {
  readonly sql: string;
  /** The number of lines that debr added before the statement. */
  readonly linesBefore: number;
  readonly tables: readonly string[];
  readonly engine: EngineName;
}

/** Converts an error of DuckDB. Returns others, such as a trap in WebAssembly, unchanged. */
export function sqlError(error: unknown, failed: Failed): unknown {
  if (!(error instanceof Error)) return error;
  const { engine, linesBefore, sql } = failed;
  const raw = error.message.replace(/^Failed to (?:extract statements|prepare|execute[^:]*): /, "")
    .replace(/^Invalid (?=Error: Current transaction)/, "TransactionContext ");
  const cannot = (message: string, next?: "native_runs_it" | "native_may_run_it") =>
    usage(`Cannot run SQL: ${message}`, { cause: error, ...(next && { next: { code: next } }) });
  const outside = OUTSIDE.flatMap((pattern) => pattern.exec(raw)?.[1] ?? [])[0];
  if (outside !== undefined) {
    return usage(`Refused to read ${outside}: ${ONLY_READS}`, { cause: error, next: BY_NAME });
  }
  const wrong = raw.split(WRONG)[1];
  if (wrong !== undefined) return cannot(`wrong in DuckDB 0.9.1: ${wrong}`, "native_runs_it");
  // Before the engine's failures, since a lack of memory in JavaScript is a RangeError too.
  const large = tooLargeOr(error);
  if (large !== error) return large;
  const [firstLine] = raw.split("\n");
  if (engine === "wasm" && isBroken(error)) {
    const lost = "the engine failed and restarted; this session's own tables and settings are lost";
    return cannot(`${lost}: ${firstLine}`, "native_may_run_it");
  }
  const kind = KIND.exec(raw)?.[1];
  if (kind === undefined || kind === "INTERNAL") return error;
  const body = tidy(raw, linesBefore);
  if (
    kind === "IO" || kind === "Invalid" ||
    /^Invalid.*(?:parquet|magic bytes|decompress|snappy|zstd)/i.test(raw)
  ) {
    return unreadable(body, { cause: error, next: { code: "part_damaged" } });
  }
  const meant = suggestion(raw, failed);
  // DuckDB's own guesses know tables that debr does not show.
  const message = meant === undefined && !body.includes('"pg_') ? body : [
    ...body.split("\n").filter((line) =>
      !/^(?:Did you mean "|Candidate bindings: |Candidate tables: )/.test(line)
    ),
    ...(meant ? [meant] : []),
  ].join("\n");
  const isNewer = engine === "wasm" && mayBeNewer(raw, sql);
  return cannot(message, isNewer ? "native_may_run_it" : undefined);
}

/** Whether the cause of an error is the statement itself, independent of its rows. */
export function isOfStatement(told: unknown): boolean {
  return told instanceof UsageError &&
    /^(?:Refused|Cannot run SQL: (?:Parser|Syntax|Binder|Catalog) Error)/.test(told.message);
}
