// Formats SQL for people, with one column on each line.
const TOKEN = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|[()]|, |[^'"`(),]+|./gs;

/** Puts each item of a statement's first list on its own line. */
export function layOut(statement: string): string {
  let [depth, ended] = [0, false];
  return statement.replace(TOKEN, (token) => {
    if (ended) return token;
    if (token === "(") return ++depth === 1 ? "(\n  " : token;
    if (token === ")") ended = --depth === 0;
    if (ended) return "\n)";
    return token === ", " && depth === 1 ? ",\n  " : token;
  });
}

export function script(statements: readonly string[]): string {
  return statements.map((text) => `${text.startsWith("create table") ? layOut(text) : text};\n`)
    .join("");
}
