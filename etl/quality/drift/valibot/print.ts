// Code of calls and lists, broken over lines as `deno fmt` breaks them.

/** A piece of code: text that stands on one line, a call, or a list. */
export type Code = string | {
  /** What is called; missing for a list. */
  readonly call?: string;
  readonly args: readonly Code[];
};

/** Columns of a line, at most, as `deno fmt` has it by default. */
const WIDTH = 80;

/** A call. */
export function call(name: string, ...args: readonly Code[]): Code {
  return { call: name, args };
}

/** Text as a literal, in the quotes that take fewer escapes. */
export function literal(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Code on one line. */
function flat(code: Code): string {
  if (typeof code === "string") return code;
  const inner = code.args.map(flat).join(", ");
  return code.call === undefined ? `[${inner}]` : `${code.call}(${inner})`;
}

/**
 * Code that begins after so many columns of its line and goes on at an indentation; `after` columns
 * follow it.
 */
export function print(
  code: Code,
  { indent, before, after }: {
    readonly indent: number;
    readonly before: number;
    readonly after: number;
  },
): string {
  const line = flat(code);
  if (typeof code === "string" || before + line.length + after <= WIDTH) return line;
  const { call: name, args } = code;
  const [only] = args;
  // A list that is all a call takes stands in its parentheses.
  if (name !== undefined && args.length === 1 && typeof only === "object" && !only.call) {
    return `${name}(${
      print(only, { indent, before: before + name.length + 1, after: after + 1 })
    })`;
  }
  const inner = indent + 2;
  const lines = args.map((arg) =>
    `${" ".repeat(inner)}${print(arg, { indent: inner, before: inner, after: 1 })},\n`
  );
  const [open, close] = name === undefined ? ["[", "]"] : [`${name}(`, ")"];
  return `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
}
