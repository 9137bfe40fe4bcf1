// Prints code of calls and lists with the line breaks of `deno fmt`.

export type Code = string | {
  /** The function name; absent for a list. */
  readonly call?: string;
  readonly args: readonly Code[];
};

/** The default width of `deno fmt`. */
const WIDTH = 80;

export function call(name: string, ...args: readonly Code[]): Code {
  return { call: name, args };
}

/** Returns a string literal in the quotes that need fewer escapes. */
export function literal(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function flat(code: Code): string {
  if (typeof code === "string") return code;
  const inner = code.args.map(flat).join(", ");
  return code.call === undefined ? `[${inner}]` : `${code.call}(${inner})`;
}

/** Prints code that starts at column `before`; `after` columns follow it. */
export function print(
  code: Code,
  { indent, before, after }: { indent: number; before: number; after: number },
): string {
  const line = flat(code);
  if (typeof code === "string" || before + line.length + after <= WIDTH) return line;
  const { call: name, args } = code;
  const [only] = args;
  // If a list is the only argument, it begins on the line of the call.
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
