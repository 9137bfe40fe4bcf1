import { identifier } from "../engine.ts";
import { isName, lex, type Token } from "../lexer.ts";
import { FORMAT_NAMES } from "../options.ts";
import { DOT_COMMANDS, type Names } from "./dot_commands.ts";

const KEYWORDS =
  `all analyze and any anti as asc asof between by case cast columns copy create cross
  current_date deallocate delete desc describe distinct drop else end except exclude execute exists
  explain false filter following from full group having ilike in inner insert intersect interval into
  is join lateral left like limit macro natural not null nulls offset on or order outer over
  partition pivot positional preceding prepare qualify range recursive replace right rollback rows
  sample select semi set show similar summarize table temp then true union unpivot update using
  values variable view when where window with within`.split(/\s+/);

const BEFORE_TABLE = new Set("from join into update table describe summarize".split(" "));

/** The statement up to the cursor, and the whole. */
type Typed = Readonly<Record<"before" | "whole", string>>;

function written(name: string): string {
  return /^[a-z_]\w*$/i.test(name) && !KEYWORDS.includes(name.toLowerCase())
    ? name
    : identifier(name);
}

/** Maps each name and alias of a table in the statement to its columns. */
function namedTables(tokens: readonly Token[], names: Names): Map<string, readonly string[]> {
  const named = new Map<string, readonly string[]>();
  tokens.forEach((token, at) => {
    const table = [...names.keys()].find((name) => name.toLowerCase() === token.text);
    if (table === undefined || !isName(token) || tokens[at - 1]?.text === ".") return;
    const columns = names.get(table)!;
    named.set(token.text, columns);
    const alias = tokens[tokens[at + 1]?.text === "as" ? at + 2 : at + 1];
    if (isName(alias) && !KEYWORDS.includes(alias.text)) named.set(alias.text, columns);
  });
  return named;
}

function dotWords(before: string, names: Names): readonly string[] {
  const [command, argument] = before.trimStart().split(/\s+/);
  if (argument === undefined) return Object.keys(DOT_COMMANDS);
  if (command === ".schema") return [...names.keys()].map(written);
  if (command === ".mode") return FORMAT_NAMES;
  return command === ".timer" ? ["on", "off"] : [];
}

function sqlWords({ before, whole }: Typed, names: Names): readonly string[] {
  const { tokens, open } = lex(before);
  const last = tokens.at(-1);
  if (open && !/^"/.test(last?.text ?? "")) return [];
  const isAtWord = last?.end === before.length && last.kind !== "symbol";
  const previous = tokens.at(isAtWord ? -2 : -1);
  const named = namedTables(lex(whole).tokens, names);
  if (previous?.text === "." && previous.kind === "symbol") {
    const qualifier = tokens.at(isAtWord ? -3 : -2)?.text ?? "";
    return (named.get(qualifier) ?? []).map(written);
  }
  const tables = [...names.keys()].map(written);
  if (previous?.kind === "name" && BEFORE_TABLE.has(previous.text)) return tables;
  const columns = (named.size > 0 ? [...named.values()] : [...names.values()]).flat().map(written);
  return [...new Set([...columns, ...tables, ...(isAtWord ? KEYWORDS : [])])];
}

/** Returns the possible words at the cursor, and the part that is already typed. */
export function completed(typed: Typed, names: Names): [string[], string] {
  const [part = ""] = /(?:"[^"]*|\.?\w*)$/.exec(typed.before) ?? [];
  const isDot = /^\s*\.[a-z]*(?:\s+\S*)?$/.test(typed.before);
  const begun = isDot ? part : part.replace(/^\./, "");
  const words = isDot ? dotWords(typed.before, names) : sqlWords(typed, names);
  const isUpper = /[A-Z]/.test(begun) && begun === begun.toUpperCase();
  const hits = words.filter((word) => word.toLowerCase().startsWith(begun.toLowerCase()));
  const shown = hits.map((word) => isUpper && KEYWORDS.includes(word) ? word.toUpperCase() : word);
  return [shown, begun];
}
