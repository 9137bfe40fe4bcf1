// Admits statements that only read or only change the session. The engines enforce the same: rows
// come from `create temp table … as`, which takes only a SELECT, and only parts can be opened.
import { plural } from "../common/counts.ts";
import { isName, splitAtCommas, splitStatements, type Statement, type Token } from "./lexer.ts";
import { type Change, changeOf, type Session } from "./session.ts";
import { BY_NAME, refusal, usage } from "./errors.ts";

const SELECT = new Set(
  "( select with from values table pivot pivot_wider pivot_longer unpivot".split(" "),
);
const LISTING = new Set("describe desc show summarize".split(" "));
const OTHER = new Set(
  `abort alter analyze attach begin call checkpoint comment commit copy create deallocate declare
  delete detach discard drop end execute export force grant import insert install load lock merge
  pragma prepare reindex reset revoke rollback savepoint set start truncate update upsert use
  vacuum`.split(/\s+/),
);

/** Functions that access other files, change the engine, or run SQL that a text hides. */
export const REFUSED_FUNCTIONS: ReadonlySet<string> = new Set(
  `arrow_scan arrow_scan_dumb check_peg_parser checkpoint disable_logging disable_peg_parser
  disable_profiling duckdb_extensions duckdb_log_contexts duckdb_logs duckdb_logs_parsed
  duckdb_secrets enable_logging enable_peg_parser enable_profiling force_checkpoint getenv glob
  index_scan json_execute_serialized_sql query query_table read_blob read_csv read_csv_auto
  read_duckdb read_json read_json_auto read_json_objects read_json_objects_auto read_ndjson
  read_ndjson_auto read_ndjson_objects read_text seq_scan sniff_csv truncate_duckdb_logs
  which_secret write_log`.split(/\s+/),
);

const NO_WRITE = "Use one that only reads, such as SELECT; redirect stdout to keep its result";

function checkFunctions(sql: string, tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === "quotedName" && /^u&/i.test(sql.slice(token.start, token.start + 2))) {
      const why = "debr does not decode their escapes";
      throw refusal('names written as U&"…"', 'Write the name in plain "quotes"', why);
    }
    const called = tokens[index + 1]?.text === "(" && tokens[index + 1]?.kind === "symbol";
    if (called && isName(token) && REFUSED_FUNCTIONS.has(token.text)) {
      throw refusal(`${token.text}()`, BY_NAME);
    }
  });
}

function explained(tokens: readonly Token[]): number {
  const at = tokens[1]?.text === "analyze" ? 2 : 1;
  const [open, option] = tokens.slice(at);
  const hasOptions = open?.text === "(" && option?.kind === "name" && !SELECT.has(option.text);
  return hasOptions ? tokens.findIndex(({ text }) => text === ")") + 1 : at;
}

export interface Admitted extends Change {
  /** `select` has rows of tables, `listing` rows of DESCRIBE, SHOW or SUMMARIZE, `change` none. */
  readonly kind: "select" | "listing" | "explain" | "change";
  readonly sql: string;
  /** The SELECT inside EXPLAIN or SUMMARIZE. */
  readonly inner?: string;
  /** The statement that PREPARE prepares; for DEALLOCATE, only a name. */
  readonly prepares?: { readonly name: string; readonly statement?: Statement };
}

function preparationOf({ sql, tokens }: Statement) {
  const at = tokens.findIndex(({ kind, text }) => kind === "name" && text === "as") + 1;
  const [name, first] = [tokens[1], tokens[at]];
  if (at === 0 || !name || !first) return undefined;
  if (/^(?:prepare|execute|deallocate)$/.test(first.text)) return undefined;
  const [statement] = splitStatements(sql.slice(first.start)).statements;
  return statement && { name: name.text, statement };
}

/** Parses the values of EXECUTE, by position and by name. */
function valuesOf({ sql, tokens }: Statement): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const group of splitAtCommas(tokens[2]?.text === "(" ? tokens.slice(3, -1) : [])) {
    const text = sql.slice(group[0]!.start, group.at(-1)!.end);
    const [, name, value] = /^"?(\w+)"?\s*:=\s*(.*)$/s.exec(text) ?? [];
    values.set(name?.toLowerCase() ?? String(values.size + 1), value ?? text);
  }
  return values;
}

// EXECUTE runs the text of PREPARE with its values, so it is guarded and stored like any other.
/** Returns the statement that EXECUTE runs; `undefined` if none of that name is prepared. */
function executed(
  call: Statement,
  prepared: ReadonlyMap<string, Statement>,
): Statement | undefined {
  const name = call.tokens[1]?.text ?? "";
  const statement = prepared.get(name);
  if (statement === undefined) return undefined;
  const values = valuesOf(call);
  const { sql, tokens } = statement;
  const used = new Set<string>();
  let text = "";
  let done = 0;
  let position = 0;
  tokens.forEach((token, index) => {
    if (token.kind !== "symbol" || !/^[?$]$/.test(token.text)) return;
    const next = tokens[index + 1];
    const isNamed = next !== undefined && next.start === token.end && /^\w+$/.test(next.text);
    const key = isNamed ? next.text : String(++position);
    used.add(key);
    text += `${sql.slice(done, token.start)}(${values.get(key) ?? ""})`;
    done = isNamed ? next.end : token.end;
  });
  if (used.size !== values.size || [...used].some((key) => !values.has(key))) {
    const expected = `${plural(used.size, "value")} (${[...used].join(", ") || "none"})`;
    throw usage(`Cannot run EXECUTE ${name}: expected ${expected}, found ${values.size}`);
  }
  return splitStatements(text + sql.slice(done)).statements[0];
}

function admitChange(statement: Statement, session: Session): Admitted | undefined {
  const { sql, tokens: [first] } = statement;
  if (first?.kind !== "name") return undefined;
  if (first.text === "execute") {
    const called = executed(statement, session.prepared);
    return called ? admit(called, session) : { kind: "change", sql };
  }
  if (first.text === "prepare") {
    const prepares = preparationOf(statement);
    if (prepares === undefined) throw refusal("PREPARE", "Write it as in: prepare p as select $1");
    admit(prepares.statement, session);
    return { kind: "change", sql, prepares };
  }
  if (first.text === "deallocate") {
    return { kind: "change", sql, prepares: { name: statement.tokens.at(-1)?.text ?? "" } };
  }
  const change = changeOf(statement, session);
  return change && { sql, ...change, kind: "change" };
}

/** Throws a `UsageError` if forbidden. DuckDB reports unknown first words, with their position. */
export function admit(statement: Statement, session?: Session): Admitted {
  const { sql, tokens } = statement;
  const [first] = tokens;
  const word = first?.kind === "name" || first?.text === "(" ? first.text : "";
  if (sql.includes("\0")) throw refusal("SQL with a NUL character", "Remove it");
  const change = session && admitChange(statement, session);
  if (!change && OTHER.has(word)) throw refusal(word.toUpperCase(), NO_WRITE);
  checkFunctions(sql, tokens);
  if (change) return change;
  const at = word === "explain" ? explained(tokens) : 1;
  const next = tokens[at];
  const reads = next !== undefined && next.kind !== "quotedName" && SELECT.has(next.text);
  const inner = reads ? { inner: sql.slice(next.start) } : {};
  if (word === "explain") {
    if (next && OTHER.has(next.text)) throw refusal(`EXPLAIN ${next.text.toUpperCase()}`, NO_WRITE);
    return reads ? { kind: "explain", sql, ...inner } : { kind: "select", sql };
  }
  if (!LISTING.has(word)) return { kind: "select", sql };
  if (next?.kind === "string") throw refusal(`${word.toUpperCase()} ${next.text}`, BY_NAME);
  if (word === "summarize") return { kind: "listing", sql, ...inner };
  if (word === "desc") return { kind: "listing", sql: `describe${sql.slice(first!.end)}` };
  // SHOW ALL TABLES breaks the WebAssembly engine, and it does not know the others.
  const native = /^show (?:all|schemas|\w+ from)\b/.test(tokens.map(({ text }) => text).join(" "));
  return { kind: "listing", sql, native };
}
