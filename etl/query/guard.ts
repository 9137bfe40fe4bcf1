// Admits statements that only read or only change the session, by first words and called functions.
// It refuses others before an engine sees them. The engines enforce the same: rows come from
// `create temp table … as`, which takes only a SELECT; the WebAssembly engine has only the parts of
// the dataset; the native engine is locked to them.
import type { UsageError } from "../common/errors.ts";
import { REFUSED_FUNCTIONS } from "./functions.ts";
import type { Statement, Token } from "./lexer.ts";
import { executed, type Preparation, preparationOf } from "./prepared.ts";
import { ONLY_READS, refusal } from "./refusal.ts";
import { type Change, changeOf, type Session } from "./session.ts";

// The kinds of statements.
// - `select`: rows computed from tables.
// - `listing`: DESCRIBE, SHOW, SUMMARIZE.
// - `explain`: how a SELECT is executed.
// - `change`: changes the session, without rows.
type StatementKind = "select" | "listing" | "explain" | "change";

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

/** Advice instead of writing. */
const NEXT = "Give one that reads, such as SELECT; to keep a result, redirect stdout to a file";

/** Advice instead of reading files. */
const TABLES = "Read the tables by their names; `.tables` lists them";

function refused(what: string, next = NEXT): UsageError {
  return refusal(what, ONLY_READS, next);
}

function checkFunctions(sql: string, tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === "quotedName" && /^u&/i.test(sql.slice(token.start, token.start + 2))) {
      throw refused('names written as U&"…"', 'Write the name in plain "quotes"');
    }
    const called = tokens[index + 1]?.text === "(" && tokens[index + 1]?.kind === "symbol";
    const name = token.kind === "name" || token.kind === "quotedName";
    if (called && name && REFUSED_FUNCTIONS.has(token.text)) {
      throw refused(`${token.text}()`, TABLES);
    }
  });
}

/** Returns the position of the statement that EXPLAIN explains. */
function explained(tokens: readonly Token[]): number {
  let at = 1;
  if (tokens[at]?.text === "analyze") at++;
  if (tokens[at]?.text === "(" && tokens[at + 1]?.kind === "name") {
    const inner = tokens[at + 1]?.text ?? "";
    if (!SELECT.has(inner)) at = tokens.findIndex(({ text }) => text === ")") + 1;
  }
  return at;
}

export interface Admitted extends Change {
  readonly kind: StatementKind;
  readonly sql: string;
  /** The SELECT inside EXPLAIN or SUMMARIZE. */
  readonly inner?: string;
  /** The statement that PREPARE prepares; for DEALLOCATE, only a name. */
  readonly prepares?: Partial<Preparation> & { readonly name: string };
}

/** Classifies PREPARE, EXECUTE and other statements that change the session. */
function admitChange(statement: Statement, session: Session): Admitted | undefined {
  const { sql, tokens: [first] } = statement;
  if (first?.kind !== "name") return undefined;
  if (first.text === "execute") {
    const called = executed(statement, session.prepared);
    return called ? admit(called, session) : { kind: "change", sql };
  }
  if (first.text === "prepare") {
    const prepares = preparationOf(statement);
    if (prepares === undefined) throw refused("PREPARE", "Write it: prepare p as select $1");
    admit(prepares.statement, session);
    return { kind: "change", sql, prepares };
  }
  if (first.text === "deallocate") {
    return { kind: "change", sql, prepares: { name: statement.tokens.at(-1)?.text ?? "" } };
  }
  const change = changeOf(statement, session);
  return change && { sql, ...change, kind: "change" };
}

/**
 * Classifies a statement. Throws a {@link UsageError} if it does more than read or change the given
 * session. DuckDB handles unknown first words, because its syntax error shows the position.
 */
export function admit(statement: Statement, session?: Session): Admitted {
  const { sql, tokens } = statement;
  const [first] = tokens;
  const word = first?.kind === "name" || first?.text === "(" ? first.text : "";
  if (sql.includes("\0")) throw refused("SQL with a NUL character", "Take it out");
  const change = session && admitChange(statement, session);
  if (!change && OTHER.has(word)) throw refused(word.toUpperCase());
  checkFunctions(sql, tokens);
  if (change) return change;
  const at = word === "explain" ? explained(tokens) : 1;
  const next = tokens[at];
  const reads = next !== undefined && next.kind !== "quotedName" && SELECT.has(next.text);
  const inner = reads ? { inner: sql.slice(next.start) } : {};
  if (word === "explain") {
    if (next && OTHER.has(next.text)) throw refused(`EXPLAIN ${next.text.toUpperCase()}`);
    return reads ? { kind: "explain", sql, ...inner } : { kind: "select", sql };
  }
  if (!LISTING.has(word)) return { kind: "select", sql };
  if (next?.kind === "string") throw refused(`${word.toUpperCase()} ${next.text}`, TABLES);
  if (word === "summarize") return { kind: "listing", sql, ...inner };
  // SHOW ALL TABLES breaks the WebAssembly engine, so it needs the native one.
  return { kind: "listing", sql, native: word === "show" && next?.text === "all" };
}
