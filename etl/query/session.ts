/**
 * Statements that change only the session: the user's own tables, views and macros, variables, a
 * few settings, prepared statements, transactions.
 *
 * @module
 */
import type { Engine } from "./engine.ts";
import type { Statement, Token } from "./lexer.ts";
import { refusal } from "./refusal.ts";
import { checkSetting } from "./settings.ts";

/** The state of a session, and the tables that it may not change. */
export interface Session {
  /** The tables of the dataset. */
  readonly tables: readonly string[];
  /** Prepared statements by name. */
  readonly prepared: Map<string, Statement>;
}

/** A statement that changes the session. */
export interface Change {
  /** The SQL to run, if it differs from the statement. */
  readonly sql?: string;
  /** Whether only the native engine supports the statement. */
  readonly native?: boolean;
  /** Throws if the state of the engine forbids the statement. */
  readonly check?: (engine: Engine) => Promise<void>;
}

/** Schemas of the user's own tables: the database in memory and its temporary part. */
const OWN = new Set(["memory", "temp", "main"]);
const KINDS = new Set(["table", "view", "macro", "function"]);
const ADVERBS = new Set(
  "or replace temp temporary local global unlogged recursive ignore".split(" "),
);
const RESERVED = /^debr_/;

/** Returns the position after a sequence of the given words. */
function after(tokens: readonly Token[], from: number, words: ReadonlySet<string>): number {
  let at = from;
  while (tokens[at]?.kind === "name" && words.has(tokens[at]!.text)) at++;
  return at;
}

/** Returns the position after a phrase, or `from` if it is not complete. */
function afterPhrase(tokens: readonly Token[], from: number, phrase: readonly string[]): number {
  return phrase.every((word, at) => tokens[from + at]?.text === word) ? from + phrase.length : from;
}

/** Checks that the name at a position is the user's own. Returns the position after it. */
function checkOwn(verb: string, at: { tokens: readonly Token[]; from: number }, session: Session) {
  let { from } = at;
  const parts: string[] = [];
  for (;; from += 2) {
    const token = at.tokens[from];
    if (token?.kind === "string") {
      throw refusal(verb, `${token.text} is a text`, 'Write the name plain or in "quotes"');
    }
    parts.push(token?.text ?? "");
    if (at.tokens[from + 1]?.text !== ".") break;
  }
  const name = parts.pop() ?? "";
  const elsewhere = parts.find((part) => !OWN.has(part));
  if (elsewhere !== undefined) {
    throw refusal(verb, `${elsewhere} is no place of this session`, "Give the name alone");
  }
  if (RESERVED.test(name)) {
    throw refusal(verb, `${name} begins as debr's own names do`, "Use another name");
  }
  if (session.tables.some((table) => table.toLowerCase() === name)) {
    const why = `${name} is a table of the dataset, which only a run changes`;
    throw refusal(verb, why, "Use another name: create table mine as from users");
  }
  return { end: from + 1, name };
}

/** Rejects names of DuckDB's functions, because the views of the dataset call some of them. */
async function checkMacro(
  name: string,
  { verb, engine }: { readonly verb: string; readonly engine: Engine },
): Promise<void> {
  const { rows } = await engine.list(
    `select 1 from duckdb_functions() where internal and lower(function_name) = '${
      name.replaceAll("'", "''")
    }' limit 1`,
  );
  if (rows.length === 0) return;
  throw refusal(verb, `${name} is a function of DuckDB's`, "Use another name");
}

function create({ tokens }: Statement, session: Session): Change {
  const at = after(tokens, 1, ADVERBS);
  const kind = tokens[at]?.text ?? "";
  if (tokens[at]?.kind !== "name" || !KINDS.has(kind)) {
    const what = `CREATE ${kind.toUpperCase()}`.trim();
    throw refusal(what, "a session makes tables, views and macros", "Make one of these");
  }
  const from = afterPhrase(tokens, at + 1, ["if", "not", "exists"]);
  const { name } = checkOwn(`CREATE ${kind.toUpperCase()}`, { tokens, from }, session);
  const isMacro = kind === "macro" || kind === "function";
  return isMacro ? { check: (engine) => checkMacro(name, { verb: "CREATE MACRO", engine }) } : {};
}

function drop({ tokens }: Statement, session: Session): Change {
  const kind = tokens[1]?.text ?? "";
  if (!KINDS.has(kind)) {
    const what = `DROP ${kind.toUpperCase()}`.trim();
    throw refusal(what, "a session has tables, views and macros", "Drop one of these");
  }
  const isMacro = kind === "macro" || kind === "function";
  let from = afterPhrase(tokens, 2, isMacro && tokens[3]?.kind === "name" ? ["table"] : []);
  from = afterPhrase(tokens, from, ["if", "exists"]);
  for (;;) {
    const { end, name } = checkOwn(`DROP ${kind.toUpperCase()}`, { tokens, from }, session);
    if (isMacro) return { check: (engine) => checkMacro(name, { verb: "DROP MACRO", engine }) };
    if (tokens[end]?.text !== ",") return {};
    from = end + 1;
  }
}

function write({ tokens }: Statement, session: Session): Change {
  const verb = tokens[0]!.text;
  const skipped = new Set([
    ...ADVERBS,
    verb === "insert" ? "into" : verb === "delete" ? "from" : "",
  ]);
  checkOwn(verb.toUpperCase(), { tokens, from: after(tokens, 1, skipped) }, session);
  if (tokens.some(({ kind, text }) => kind === "name" && text === "returning")) {
    const why = "a statement that writes gives no rows here";
    throw refusal(`${verb.toUpperCase()} with RETURNING`, why, "SELECT them afterwards");
  }
  return {};
}

const nothingToCheck = (): Change => ({});

const CHANGES: Readonly<Record<string, (statement: Statement, session: Session) => Change>> = {
  create,
  drop,
  insert: write,
  update: write,
  delete: write,
  set: checkSetting,
  reset: checkSetting,
  begin: nothingToCheck,
  start: nothingToCheck,
  commit: nothingToCheck,
  end: nothingToCheck,
  rollback: nothingToCheck,
  abort: nothingToCheck,
};

/** Validates a statement that changes the session; `undefined` for others. Throws if forbidden. */
export function changeOf(statement: Statement, session: Session): Change | undefined {
  const [first] = statement.tokens;
  if (first?.kind !== "name" || !Object.hasOwn(CHANGES, first.text)) return undefined;
  return CHANGES[first.text]!(statement, session);
}
