// Statements that change only the session: own tables, views, macros, settings, transactions.
import { type Engine, literal } from "./engine.ts";
import type { Statement, Token } from "./lexer.ts";
import { refusal } from "./errors.ts";
import { plural } from "../common/counts.ts";

export interface Session {
  readonly tables: readonly string[];
  readonly prepared: Map<string, Statement>;
}

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

/** DuckDB's names of the settings that a session may change. None gives access to files. */
export const SETTINGS: readonly string[] =
  "threads worker_threads memory_limit max_memory default_order default_null_order null_order"
    .split(" ");

function after(tokens: readonly Token[], from: number, words: ReadonlySet<string>): number {
  let at = from;
  while (tokens[at]?.kind === "name" && words.has(tokens[at]!.text)) at++;
  return at;
}

/** Returns the position after a phrase, or `from` if it is not complete. */
function afterPhrase(tokens: readonly Token[], from: number, phrase: string): number {
  const words = phrase.split(" ");
  return words.every((word, at) => tokens[from + at]?.text === word) ? from + words.length : from;
}

/** Checks that the name at a position is the user's own. Returns the position after it. */
function checkOwn(verb: string, at: { tokens: readonly Token[]; from: number }, session: Session) {
  let { from } = at;
  const parts: string[] = [];
  for (;; from += 2) {
    const token = at.tokens[from];
    if (token?.kind === "string") {
      throw refusal(verb, 'Write the name plain or in "quotes"', `${token.text} is a text`);
    }
    parts.push(token?.text ?? "");
    if (at.tokens[from + 1]?.text !== ".") break;
  }
  const name = parts.pop() ?? "";
  const elsewhere = parts.find((part) => !OWN.has(part));
  if (elsewhere !== undefined) {
    throw refusal(verb, "Give only the name", `this session has no schema ${elsewhere}`);
  }
  if (name.startsWith("debr_")) {
    throw refusal(verb, "Use another name", `${name} begins with debr_, as debr's own names do`);
  }
  if (session.tables.some((table) => table.toLowerCase() === name)) {
    const why = `${name} is a table of the dataset, which only a run changes`;
    throw refusal(verb, "Use another name: create table mine as from users", why);
  }
  return { end: from + 1, name };
}

/** Rejects names of DuckDB's functions, because the views of the dataset call some of them. */
async function checkMacro(
  name: string,
  { verb, engine }: { readonly verb: string; readonly engine: Engine },
): Promise<void> {
  const { rows } = await engine.list(
    `select 1 from duckdb_functions() where internal and lower(function_name) = ${literal(name)}
     limit 1`,
  );
  if (rows.length === 0) return;
  throw refusal(verb, "Use another name", `DuckDB has a function ${name}`);
}

function define({ tokens }: Statement, session: Session): Change {
  const verb = tokens[0]!.text;
  const creates = verb === "create";
  const at = creates ? after(tokens, 1, ADVERBS) : 1;
  const kind = tokens[at]?.text ?? "";
  const what = `${verb} ${kind}`.trim().toUpperCase();
  if (tokens[at]?.kind !== "name" || !KINDS.has(kind)) {
    const why = "a session has only tables, views and macros of its own";
    throw refusal(what, `${creates ? "Create" : "Drop"} one of these`, why);
  }
  const isMacro = kind === "macro" || kind === "function";
  let from = at + 1;
  if (!creates && isMacro && tokens[3]?.kind === "name") from = afterPhrase(tokens, from, "table");
  from = afterPhrase(tokens, from, creates ? "if not exists" : "if exists");
  for (;;) {
    const { end, name } = checkOwn(what, { tokens, from }, session);
    if (isMacro) return { check: (engine) => checkMacro(name, { verb: what, engine }) };
    if (creates || tokens[end]?.text !== ",") return {};
    from = end + 1;
  }
}

function write({ tokens }: Statement, session: Session): Change {
  const verb = tokens[0]!.text.toUpperCase();
  const skipped = new Set([...ADVERBS, { INSERT: "into", DELETE: "from" }[verb] ?? ""]);
  checkOwn(verb, { tokens, from: after(tokens, 1, skipped) }, session);
  if (tokens.some(({ kind, text }) => kind === "name" && text === "returning")) {
    const why = "a statement that writes returns no rows here";
    throw refusal(`${verb} with RETURNING`, "SELECT them afterwards", why);
  }
  return {};
}

/** Parses a size such as `2GB` or `1.5 GiB` into bytes. */
function bytesOf(size: string): number {
  const [, count, prefix = "", binary] = /^([\d.]+)\s*([kmgt]?)(i?)b?$/i.exec(size.trim()) ?? [];
  const base = binary ? 1024 : 1000;
  return Number(count) * base ** ("kmgt".indexOf(prefix.toLowerCase() || " ") + 1);
}

async function checkMemory(value: string, engine: Engine): Promise<void> {
  const { rows: [[now] = []] } = await engine.list("select current_setting('memory_limit')");
  if (bytesOf(value) <= bytesOf(now ?? "")) return;
  const why = `it is ${now}, and a session may only lower it`;
  throw refusal("SET memory_limit", "Set a lower limit", why);
}

function set({ sql, tokens }: Statement): Change {
  const verb = tokens[0]!.text;
  const scoped = /^(?:session|local|global)$/.test(tokens[1]?.text ?? "");
  const name = tokens[scoped ? 2 : 1];
  if (name?.kind === "name" && name.text === "variable") return { native: true };
  const value = sql.slice(tokens[scoped ? 4 : 3]?.start ?? sql.length).replace(/^'(.*)'$/s, "$1");
  // The locked configuration refuses a seed but allows the function that sets it.
  if (name?.text === "seed" && /^[\d.]+$/.test(value)) return { sql: `select setseed(${value})` };
  const setting = SETTINGS.find((setting) => setting === name?.text);
  if (setting === undefined) {
    throw refusal(
      [verb.toUpperCase(), name?.text].filter(Boolean).join(" "),
      "Settings that can be changed: threads, memory_limit, default_order, default_null_order, " +
        "seed; variables too: set variable x = 1",
    );
  }
  if (verb === "reset") return { native: true };
  const cores = navigator.hardwareConcurrency;
  // An expression is not a number, and is refused too.
  if (/threads/.test(setting) && !(Number(value) <= cores)) {
    throw refusal(
      "SET threads",
      "Use fewer",
      `this machine has ${plural(cores, "core")}, found ${value}`,
    );
  }
  const isMemory = setting === "memory_limit" || setting === "max_memory";
  return { native: true, ...(isMemory && { check: (engine) => checkMemory(value, engine) }) };
}

/** Validates a statement that changes the session; `undefined` for others. Throws if forbidden. */
export function changeOf(statement: Statement, session: Session): Change | undefined {
  const [first] = statement.tokens;
  const verb = first?.kind === "name" ? first.text : "";
  if (/^(?:create|drop)$/.test(verb)) return define(statement, session);
  if (/^(?:insert|update|delete)$/.test(verb)) return write(statement, session);
  if (/^(?:set|reset)$/.test(verb)) return set(statement);
  return /^(?:begin|start|commit|end|rollback|abort)$/.test(verb) ? {} : undefined;
}
