// EXECUTE runs the text of PREPARE with its values, so it is guarded and stored like any other.
import { plural } from "../common/counts.ts";
import { splitAtCommas, splitStatements, type Statement } from "./lexer.ts";
import { usage } from "./errors.ts";

export interface Preparation {
  readonly name: string;
  readonly statement: Statement;
}

const NOT_PREPARED = new Set(["prepare", "execute", "deallocate"]);

export function preparationOf({ sql, tokens }: Statement): Preparation | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind === "name" && text === "as") + 1;
  const [name, first] = [tokens[1], tokens[at]];
  if (at === 0 || !name || !first || NOT_PREPARED.has(first.text)) return undefined;
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

/** Returns the statement that EXECUTE runs; `undefined` if none of that name is prepared. */
export function executed(
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
