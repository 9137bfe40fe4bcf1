/**
 * `@std/cli/parse-args` where JSR cannot be reached, over minimist, which it grew from. `deno task
 * std` brings the real package. Types cover flags, texts, lists and defaults; nested names
 * (`--a.b`) are parsed alike and typed as unknown.
 *
 * @module
 */
import minimist from "npm:minimist@1.2.8";

type Names<T extends string> = T | readonly T[];

/** Options of {@link parseArgs}. */
export interface ParseOptions<B extends string, S extends string, C extends string> {
  /** Names that are flags, `false` unless given. */
  boolean?: Names<B> | boolean;
  /** Names whose values stay text. */
  string?: Names<S>;
  /** Names that may be given several times, as lists. */
  collect?: Names<C>;
  /** Flags that `--no-name` turns off. */
  negatable?: Names<string>;
  /** Other names of a name. */
  alias?: Readonly<Record<string, string | readonly string[]>>;
  /** Values where none is given. */
  default?: Readonly<Record<string, unknown>>;
  /** Puts what follows `--` into `--`. */
  "--"?: boolean;
  /** Puts everything after the first argument that is no option into `_`. */
  stopEarly?: boolean;
  /** Called for an option that is not named here; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@link parseArgs} returns. */
export type Args<B extends string = never, S extends string = never, C extends string = never> =
  & { [K in Exclude<B, C>]: boolean }
  & { [K in Exclude<S, C>]?: string }
  & { [K in C]: (K extends S ? string : K extends B ? boolean : unknown)[] }
  & { _: (string | number)[]; "--"?: string[]; [name: string]: unknown };

const listOf = <T extends string>(names: Names<T> | undefined): readonly T[] =>
  names === undefined ? [] : typeof names === "string" ? [names] : names;

/** Parses command line arguments, such as `Deno.args`. */
export function parseArgs<
  B extends string = never,
  S extends string = never,
  C extends string = never,
>(args: readonly string[], options: ParseOptions<B, S, C> = {}): Args<B, S, C> {
  const { boolean, string, collect, negatable, alias, unknown, ...others } = options;
  const flags = typeof boolean === "boolean" ? boolean : [...listOf(boolean)];
  const negated = new Set(listOf(negatable));
  // minimist negates every `--no-name`; the standard library only names that are said to be negatable.
  const end = args.indexOf("--");
  const written = args.map((arg, at) =>
    (end === -1 || at < end) && arg.startsWith("--no-") && !negated.has(arg.slice("--no-".length))
      ? arg.replace("--no-", "--no\0")
      : arg
  );
  const parsed: Record<string, unknown> & { _: unknown[] } = minimist(written, {
    ...others,
    boolean: flags,
    string: [...listOf(string)],
    alias: alias as Record<string, string | string[]>,
    ...(unknown && { unknown: (arg: string) => unknown(arg.replace("\0", "-")) !== false }),
  });
  const lists = new Set<string>(listOf(collect));
  const entries = Object.entries(parsed).map(([key, value]) => [
    key.replace("\0", "-"),
    key === "_" || key === "--" || lists.has(key) || !Array.isArray(value) ? value : value.at(-1),
  ]);
  const found = Object.fromEntries(entries);
  for (const name of lists) found[name] = [found[name] ?? []].flat();
  return found as Args<B, S, C>;
}
