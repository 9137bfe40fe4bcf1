/**
 * `@std/cli/parse-args` for use without JSR. `deno task std` installs the real package.
 *
 * @module
 */
import type { Aliases, Args, Flags, Names, ParseOptions, Values } from "./args.ts";

export type { Args, ParseOptions } from "./args.ts";

type Tree = Record<string, unknown>;

function toNumber(text: string): string | number {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Sets a value at the path of a dotted name; ignores names that would change a prototype. */
function put(root: Tree, name: string, value: unknown, adds = false): void {
  const path = name.split(".");
  const last = path.pop()!;
  const refused = (tree: Tree, key: string) =>
    key === "__proto__" || (key === "constructor" && !Object.hasOwn(tree, key));
  let tree = root;
  for (const key of path) {
    if (refused(tree, key)) return;
    tree = (tree[key] = Object.hasOwn(tree, key) ? tree[key] ?? {} : {}) as Tree;
  }
  if (refused(tree, last)) return;
  const before = Object.hasOwn(tree, last) && tree[last];
  tree[last] = adds ? [before || [], value].flat() : value;
}

function has(root: Tree, name: string): boolean {
  let tree: unknown = root;
  return name.split(".").every((key) => {
    const there = typeof tree === "object" && tree !== null && Object.hasOwn(tree, key);
    if (there) tree = (tree as Tree)[key];
    return there;
  });
}

/** The aliases of each name that has any. */
function synonyms(alias: object): Map<string, string[]> {
  const others = new Map<string, string[]>();
  for (const [name, names] of Object.entries(alias)) {
    if (names === undefined) throw new TypeError("Alias value must be defined");
    const group: string[] = [name, names].flat();
    for (const one of group) others.set(one, group.filter((other) => other !== one));
  }
  return others;
}

/** The declared options, under all of their names. */
function describe({ alias, boolean, string, collect, negatable }: ParseOptions) {
  const others = synonyms(alias ?? {});
  const all = (names: ParseOptions["boolean"]) =>
    new Set(
      [names ?? []].flat().filter((name) => typeof name === "string" && name !== "")
        .flatMap((name) => [name as string, ...others.get(name as string) ?? []]),
    );
  return {
    others,
    flags: all(boolean),
    texts: all(string),
    lists: all(collect),
    off: all(negatable),
    onlyFlags: boolean === true,
  };
}

/** Parses words one by one. */
class Reading {
  readonly found: Tree & { _: (string | number)[] } = { _: [] };
  readonly #said;

  readonly options: ParseOptions;

  constructor(options: ParseOptions) {
    this.options = options;
    this.#said = describe(options);
  }

  #names(name: string): string[] {
    return [name, ...this.#said.others.get(name) ?? []];
  }

  #set(name: string, value: string | boolean, word: string, adds = true): void {
    const { flags, texts, lists, others, onlyFlags } = this.#said;
    const known = [flags, texts, lists, others].some((names) => names.has(name)) ||
      (onlyFlags && word.startsWith("--") && !word.includes("="));
    if (!known && this.options.unknown?.(word, name, value) === false) return;
    const typed = typeof value === "string" && !texts.has(name) ? toNumber(value) : value;
    for (const each of this.#names(name)) put(this.found, each, typed, adds && lists.has(name));
  }

  /** Sets an option; returns whether it used the next word as the value. */
  #take(name: string, word: string, next: string | undefined, isOption: RegExp): boolean {
    const { flags, texts, onlyFlags } = this.#said;
    const isFlag = this.#names(name).some((each) => flags.has(each)) ||
      (onlyFlags && word.startsWith("--"));
    const takes = next !== undefined && next !== "" && !isFlag && !isOption.test(next);
    const says = next === "true" || next === "false";
    this.#set(name, takes ? next : says ? next === "true" : texts.has(name) ? "" : true, word);
    return takes || says;
  }

  #long(word: string, next: string | undefined): boolean {
    const { flags, off } = this.#said;
    const negated = /^--no-(.+)$/s.exec(word)?.[1];
    const name = negated ?? word.slice("--".length);
    const end = name.indexOf("=", 1);
    if (end !== -1) {
      const [key, value] = [name.slice(0, end), name.slice(end + 1)];
      this.#set(key, flags.has(key) ? value !== "false" : value, word);
      return false;
    }
    if (negated === undefined || !off.has(negated)) {
      return this.#take(word.slice("--".length), word, next, /^-/);
    }
    this.#set(negated, false, word, false);
    return false;
  }

  #short(word: string, next: string | undefined): boolean {
    for (let at = 1; at < word.length - 1; at++) {
      const [letter, rest] = [word.charAt(at), word.slice(at + 1)];
      const value = valueAfter(letter, rest);
      this.#set(letter, value ?? (this.#said.texts.has(letter) ? "" : true), word);
      if (value !== undefined && rest !== "-") return false;
    }
    const last = word.slice(-1);
    return last !== "-" && this.#take(last, word, next, /^--?[^-]/);
  }

  /** Reads all words before `--`. */
  words(words: readonly string[]): void {
    const { stopEarly, unknown } = this.options;
    for (let at = 0; at < words.length; at++) {
      const [word = "", next] = words.slice(at, at + 2);
      if (word.startsWith("-") && word !== "-") {
        if (word.startsWith("--") ? this.#long(word, next) : this.#short(word, next)) at++;
        continue;
      }
      if (unknown?.(word) !== false) {
        this.found._.push(this.#said.texts.has("_") ? word : toNumber(word));
      }
      if (stopEarly) return void this.found._.push(...words.slice(at + 1));
    }
  }

  /** Sets the defaults of missing options. */
  defaults(): void {
    const { flags, texts, lists } = this.#said;
    for (const [name, value] of Object.entries(this.options.default ?? {})) {
      if (has(this.found, name)) continue;
      for (const each of this.#names(name)) put(this.found, each, value);
    }
    for (const name of [...flags, ...texts]) {
      if (has(this.found, name)) continue;
      if (lists.has(name)) put(this.found, name, []);
      else if (flags.has(name)) put(this.found, name, false);
    }
  }
}

/** The value within a word of short options, such as `-n5` or `-n=5`. */
function valueAfter(letter: string, rest: string): string | undefined {
  if (rest === "-") return rest;
  if (rest === "=") return "";
  const isLetter = /[A-Za-z]/.test(letter);
  const value = isLetter ? /=(.+)/.exec(rest)?.[1] : undefined;
  return value ?? ((isLetter && /\d\.?$/.test(rest)) || /^\W./s.test(rest) ? rest : undefined);
}

/**
 * Parses command line arguments, such as `Deno.args`; guesses types that `options` do not declare.
 *
 * @returns The options by name, and all other words in `_`.
 */
export function parseArgs<
  TArgs extends Values<TBooleans, TStrings, TCollectable, TNegatable, TDefaults, TAliases>,
  TDoubleDash extends boolean | undefined = undefined,
  TBooleans extends Flags = undefined,
  TStrings extends Names = undefined,
  TCollectable extends Names = undefined,
  TNegatable extends Names = undefined,
  TDefaults extends Tree | undefined = undefined,
  TAliases extends Aliases<TAliasArgNames, TAliasNames> | undefined = undefined,
  TAliasArgNames extends string = string,
  TAliasNames extends string = string,
>(
  args: readonly string[],
  options?: ParseOptions<
    TBooleans,
    TStrings,
    TCollectable,
    TNegatable,
    TDefaults,
    TAliases,
    TDoubleDash
  >,
): Args<TArgs, TDoubleDash> {
  const reading = new Reading((options ?? {}) as ParseOptions);
  const end = args.indexOf("--");
  const rest = end === -1 ? [] : args.slice(end + 1);
  reading.words(end === -1 ? args : args.slice(0, end));
  reading.defaults();
  if (options?.["--"]) reading.found["--"] = rest;
  else reading.found._.push(...rest);
  return reading.found as Args<TArgs, TDoubleDash>;
}
