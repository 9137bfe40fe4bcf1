// Decides whether the native engine, a newer DuckDB, may run what the WebAssembly engine could not.
import { isMisspelt } from "../common/nearest.ts";
import { lex } from "./lexer.ts";
import { NEWER_NAMES } from "./newer_names.ts";

/** Messages that always mean that DuckDB is too old. */
const OLDER = [
  /^Not implemented Error(?!: Expression type)/,
  /is not implemented for window functions/,
  /but it exists in the (?:json|icu) extension/,
  /^Binder Error: STAR expression is only allowed as the root/,
  /^Binder Error: Incorrect number of parameters in lambda/,
  /^Binder Error: No function matches .*'(?:\w+\(.*TIME ZONE|timezone|avg\((?:INTERVAL|DATE|TIME)|[*/]\(.*INTERVAL|(?:arg_?)?(?:min|max)(?:_by)?\(.*, INTEGER\)|(?:trunc|log)\(.*,|array_extract\(BOOLEAN)/,
  /^Conversion Error: Unimplemented type for cast/,
  /^Conversion Error: timestamp field value out of range: "[^"]* \d+:\d+"/,
  /^Conversion Error: Could not convert string '(?:y|yes|n|no)' to BOOL/i,
];

/** Words that begin or join clauses. */
const KEYWORDS = `select distinct from where group order having limit offset join left right inner
  outer full cross using union except intersect with recursive case when then else between like
  ilike null nulls exclude replace columns groups over partition rows range filter qualify window summarize describe show explain pivot unpivot
  values`.split(/\s+/);

/** Tokens at which a syntax error is a mistake in any DuckDB: a misplaced clause or bracket. */
const MISPLACED =
  /^(?:[),;]|[\d.]+|select|from|where|group|order|having|limit|and|or|on|by|as|union|join)$/i;

/** Whether a newer DuckDB may accept the syntax that an older one rejected. */
function isNewerSyntax(near: string, sql: string): boolean {
  if (/\b\d+_\d/.test(sql)) return true;
  const { tokens } = lex(sql);
  return tokens[0]?.text !== near.toLowerCase() && !MISPLACED.test(near) &&
    !tokens.some(({ kind, text }) => kind === "name" && isMisspelt(text, KEYWORDS));
}

/** Whether the native engine may run a statement that failed with this DuckDB message. */
export function mayBeNewer(message: string, sql: string): boolean {
  if (OLDER.some((pattern) => pattern.test(message))) return true;
  const [, name] = /^Catalog Error: [\w ]*(?:Function|Type) with name "?(.+?)"? (?:does|is) not/
    .exec(message) ?? /^Catalog Error: (\w+) is not an aggregate function/.exec(message) ?? [];
  if (name !== undefined) return NEWER_NAMES.has(name.toLowerCase()) || name === "try";
  if (/^Binder Error: Subquery returns/.test(message)) return /\)\s*(?:not\s+)?in\s*\(/i.test(sql);
  const [, near] = /^Parser Error: syntax error at or near "(.*)"/.exec(message) ?? [];
  return near !== undefined && isNewerSyntax(near, sql);
}
