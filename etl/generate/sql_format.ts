// Lays SQL out for readers: a compiler writes a statement in one line.

/** Takes a statement apart at the commas of its first list, as parentheses and quotes have it. */
function* pieces(statement: string): Generator<string> {
  let [depth, start, quote] = [0, 0, ""];
  for (let at = 0; at < statement.length; at++) {
    const char = statement.charAt(at);
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (/['"`]/.test(char)) quote = char;
    else if (char === "(" && ++depth === 1 || char === "," && depth === 1) {
      yield statement.slice(start, at + 1);
      start = at + 1;
    } else if (char === ")" && --depth === 0) {
      yield statement.slice(start, at);
      start = at;
      break;
    }
  }
  yield statement.slice(start);
}

/** A `create table` statement with a line for each column and constraint, and a semicolon. */
export function layOut(statement: string): string {
  const [head, ...rest] = [...pieces(statement)].map((piece) => piece.trim());
  const tail = rest.pop();
  if (head === undefined || tail === undefined) return `${statement};`;
  return [head, ...rest.map((line) => `  ${line}`), `${tail};`].join("\n");
}
