// SQL for people: one column a line.

const TOKEN = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|[()]|, |[^'"`(),]+|./gs;

function createTableLines(text: string): string {
  let depth = 0;
  return text.replace(TOKEN, (token) => {
    if (token === "(") return ++depth === 1 ? "(\n  " : token;
    if (token === ")") return --depth === 0 ? "\n)" : token;
    return token === ", " && depth === 1 ? ",\n  " : token;
  });
}

export function script(statements: readonly string[]): string {
  return statements
    .map((text) => text.startsWith("create table") ? createTableLines(text) : text)
    .map((text) => `${text};\n`).join("");
}
