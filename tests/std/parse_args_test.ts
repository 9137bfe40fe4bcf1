/**
 * `@std/cli/parse-args` returns the values and types that its documentation describes. This file also
 * passes with the real package.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { type Args, parseArgs, type ParseOptions } from "@std/cli/parse-args";

const CASES: readonly [args: string, options: ParseOptions, found: Record<string, unknown>][] = [
  ["--foo --bar=baz ./quux.txt", {}, { foo: true, bar: "baz", _: ["./quux.txt"] }],
  ["--foo --bar baz", { boolean: ["foo"], string: ["bar"] }, { foo: true, bar: "baz" }],
  ["--quick 7", { boolean: ["quick", "night"] }, { quick: true, night: false, _: [7] }],
  ["--quick false --night=true", { boolean: ["quick", "night"] }, { quick: false, night: true }],
  ["--id 007 --empty", { string: ["id", "empty"] }, { id: "007", empty: "" }],
  ["--a 1e3 --b 0x10 --c 1x -5", {}, { a: 1000, b: 16, c: "1x", 5: true }],
  ["--x 1 --x 2", {}, { x: 2 }],
  ["--x 1 --x 2", { collect: ["x"] }, { x: [1, 2] }],
  ["--no-color", { boolean: ["color"], negatable: ["color"] }, { color: false }],
  ["--no-color", {}, { "no-color": true }],
  ["--tag a --no-tag --tag b", { collect: "tag", negatable: "tag" }, { tag: ["b"] }],
  ["", { default: { port: 80 } }, { port: 80 }],
  ["", { default: { "a.b": 1 }, alias: { "a.b": "c" } }, { a: { b: 1 }, c: 1 }],
  ["", { string: "s", boolean: "b", collect: ["s", "b"] }, { s: [], b: [] }],
  ["--a.b 1 --a.c x", {}, { a: { b: 1, c: "x" } }],
  ["-n 5 -ab", { alias: { n: "count" } }, { n: 5, count: 5, a: true, b: true }],
  ["--help", { boolean: "h", alias: { h: ["help", "usage"] } }, {
    h: true,
    help: true,
    usage: true,
  }],
  ["--H a --header b", { collect: "header", alias: { H: "header" } }, {
    H: ["a", "b"],
    header: ["a", "b"],
  }],
  ["-n5 -s=x -abc=y", {}, { n: 5, s: "x", a: "y" }],
  ["-x- -ab./c -v true", { boolean: "v" }, { x: "-", a: true, b: "./c", v: true }],
  ["a --b c -d e", { boolean: true }, { b: true, d: "e", _: ["a", "c"] }],
  ["-- a 1", {}, { _: ["a", "1"] }],
  ["b -- a", { "--": true }, { _: ["b"], "--": ["a"] }],
  ["a --b 1", { stopEarly: true }, { _: ["a", "--b", "1"] }],
  ["7 -", { string: "_" }, { _: ["7", "-"] }],
  ["--toString 1 --__proto__.x 1 --constructor.prototype.x 1", {}, { toString: 1 }],
];

for (const [args, options, found] of CASES) {
  Deno.test(`parseArgs("${args}", ${Deno.inspect(options)})`, () => {
    const words = args === "" ? [] : args.split(" ");
    assertEquals<unknown>({ ...parseArgs(words, options) }, { _: [], ...found });
  });
}

Deno.test("no argument changes a prototype", () => {
  parseArgs(["--__proto__.x", "1", "--constructor.prototype.x", "1", "--a.__proto__.x", "1"]);
  assertEquals("x" in {}, false);
});

Deno.test("the function unknown gets each argument without an option, and can drop it", () => {
  const seen: unknown[] = [];
  const { _, ...found } = parseArgs(["-a", "--b=1", "c", "--d"], {
    boolean: "d",
    unknown: (...args) => {
      seen.push(args);
      return args[0] === "-a";
    },
  });
  assertEquals<unknown>([_, found], [[], { a: true, d: true }]);
  assertEquals(seen, [["-a", "a", true], ["--b=1", "b", "1"], ["c"]]);
});

Deno.test("an alias without a name is refused", () => {
  assertThrows(
    () => parseArgs([], { alias: { h: undefined } as never }),
    TypeError,
    "must be defined",
  );
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;
type Flat<T> = { [K in keyof T]: T[K] };
type Rest = { _: (string | number)[] };
/** The type of the named options with other options and positional arguments. */
type Also<Named> = Flat<Named & Rest & Record<string, unknown>>;

/** Compiles only if the types are the same. */
function same<A, B>(..._: Same<A, B> extends true ? [] : ["not the same"]): void {}

Deno.test("boolean, string and collect set the type of an option, and negatable adds false", () => {
  const guessed = parseArgs([]);
  // deno-lint-ignore no-explicit-any
  same<typeof guessed, Flat<Rest & Record<string, any>>>();
  const off = parseArgs([], { boolean: false, negatable: ["x"] });
  same<typeof off, typeof guessed>();
  const all = parseArgs([], { boolean: true });
  same<typeof all, Also<unknown>>();
  const flags = parseArgs([], { boolean: ["foo", "a-b"], negatable: ["foo"] });
  same<typeof flags, Also<{ foo: boolean; "a-b": boolean }>>();
  const texts = parseArgs([], { string: ["foo", "bar"], negatable: "bar" });
  same<typeof texts, Also<{ foo?: string; bar?: string | false }>>();
  const lists = parseArgs([], {
    boolean: ["a", "b"],
    string: ["s", "t", "u"],
    collect: ["a", "s", "t", "x", "y"],
    negatable: ["t", "y"],
  });
  same<
    typeof lists,
    Also<{
      a: boolean[];
      b: boolean;
      s: string[];
      t: string[] | false;
      u?: string;
      x: unknown[];
      y: unknown[] | false;
    }>
  >();
});

Deno.test("in types, a dot nests options, a default makes them required, an alias adds a name", () => {
  const nested = parseArgs([], { boolean: ["a.b", "a.c"], string: "t.u.v", collect: "l.m" });
  same<
    typeof nested,
    Also<{ a: { b: boolean; c: boolean }; t?: { u?: { v?: string } }; l: { m: unknown[] } }>
  >();
  const defaults = parseArgs([], {
    boolean: "flag",
    string: ["foo", "bar"],
    default: { foo: 1, flag: "auto", other: 2 },
  });
  same<
    typeof defaults,
    Also<{ flag: boolean | string; foo: string | number; bar?: string; other: unknown }>
  >();
  const dotted = parseArgs([], { string: ["a.b", "a.c"], default: { "a.b": 1, d: { e: 1 } } });
  same<typeof dotted, Also<{ a: { b: string | number; c?: string }; d: unknown }>>();
  const aliases = parseArgs([], {
    string: "foo",
    boolean: "b",
    alias: { foo: ["f", "g"], b: "c" },
  });
  same<
    typeof aliases,
    Also<{ foo?: string; f?: string; g?: string; b: boolean; c: boolean }>
  >();
});

Deno.test("the option -- adds the remaining arguments to the type, and callers can set the type", () => {
  const separate = parseArgs([], { string: "s", "--": true });
  same<typeof separate, Also<{ s?: string; "--": string[] }>>();
  const maybe = parseArgs([], { string: "s", "--": true as boolean });
  same<typeof maybe, Also<{ s?: string; "--"?: string[] }>>();
  const given = parseArgs<{ foo: string }, true>([], { "--": true });
  same<typeof given, Flat<{ foo: string; "--": string[] } & Rest>>();
  // deno-lint-ignore no-explicit-any
  same<Args, Flat<Rest & Record<string, any>>>();
  const options: ParseOptions = { boolean: ["foo"] };
  const open = parseArgs([], options);
  // deno-lint-ignore no-explicit-any
  same<typeof open, Flat<Rest & { "--"?: string[] } & Record<string, any>>>();
  const names: string[] = [];
  const dynamic = parseArgs([], { string: names });
  same<typeof dynamic, Flat<{ [name: string]: string | undefined } & Rest>>();
});
