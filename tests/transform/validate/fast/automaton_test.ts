import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type Automaton,
  compile,
  FIRST_STATE,
} from "../../../../etl/transform/validate/fast/automaton.ts";
import { personRules } from "../../../../etl/transform/validate/fast/byte_rules.ts";
import { FIELDS } from "../../../../etl/transform/validate/fields.ts";
import { API_VERSIONS } from "../../../../schema/mod.ts";

function fits({ next, ends }: Automaton, bytes: Iterable<number>): boolean {
  let state = FIRST_STATE;
  for (const byte of bytes) state = next[state + byte]!;
  return ends[state >> 8] === 1;
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Returns whether JSON writes a text without escapes. */
const isPlain = (text: string) => JSON.stringify(text) === `"${text}"`;

/** Patterns, and texts near their limits. */
const PATTERNS: readonly (readonly [readonly RegExp[], readonly string[]])[] = [
  [[/^[0-9a-f]{4}$/], ["", "0af", "0af9", "0aF9", "0af90", "0af9\n"]],
  [[/^(?:ab|a(?:c|d)?)+$/], ["", "a", "ab", "abac", "aad", "aab", "b", "abb"]],
  [[/^a{2,}b{0,2}c?$/], ["a", "aa", "aaaa", "aab", "aabbb", "aabbc", "aacc"]],
  [[/^[+-]?(?:\d|1[0-4]):[0-5]\d$/], ["0:00", "+5:45", "-14:59", "15:00", "+:00", "++1:00"]],
  [[/^[^\s@]+@[^\s@]+$/], ["a@b", "a@@b", "a b@c", "é@ü", "a\u00a0@b", "a\u3000@b", "@b", "😀@b"]],
  [[/^\S*$/], ["", "x", "x y", "\ufeff", "\u2028", "\u{10ffff}", "\u200b"]],
  [[/^[^x]*$/u, /^[^]+$/u], ["", "y", "yx", "é", "😀", "\u0080", "\u07ff", "\u0800", "\uffff"]],
  [[/^[\d.\-]*$/], ["1.2", "-", "a", "1-2"]],
];

for (const [patterns, texts] of PATTERNS) {
  const automaton = compile(patterns);
  const expected = (text: string) => isPlain(text) && patterns.every((one) => one.test(text));

  Deno.test(`the automaton of ${patterns.join(" and ")} accepts the right texts`, () => {
    const verdicts = texts.map((text) => fits(automaton, encode(text)));
    assertEquals(verdicts, texts.map(expected));
    assert(verdicts.includes(true) && verdicts.includes(false));
  });

  Deno.test(`the automaton of ${patterns.join(" and ")} agrees with the patterns on any text`, () => {
    const chars = [...new Set(texts.join("")), "é", "\u0000", '"', "\\"];
    const near = fc.array(fc.constantFrom(...chars), { maxLength: 8 });
    const text = fc.oneof(near.map((all) => all.join("")), fc.string({ unit: "binary" }));
    fc.assert(fc.property(text, (text) => {
      assertEquals(fits(automaton, encode(text)), expected(text), JSON.stringify(text));
    }));
  });
}

Deno.test("bytes that are no UTF-8 match no pattern", () => {
  const automaton = compile([/^[^x]*$/u]);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const isUtf8 = (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      return isPlain(decoder.decode(bytes));
    } catch {
      return false;
    }
  };
  const lead = fc.constantFrom(0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5);
  const byte = fc.oneof(lead, fc.integer({ min: 0x7d, max: 0xc1 }), fc.integer({ max: 255 }));
  const some = fc.array(byte.map((one) => one & 0xff), { maxLength: 6 });
  fc.assert(
    fc.property(some, (all) => {
      const bytes = Uint8Array.from(all.filter((one) => one !== 0x78));
      assertEquals(fits(automaton, bytes), isUtf8(bytes), bytes.toHex());
    }),
    { numRuns: 20_000 },
  );
});

for (
  const pattern of [
    /a/,
    /^a|b$/,
    /^(a)$/,
    /^a\b$/,
    /^.$/,
    /^[a]$/i,
    /^(?=a)$/,
    /^\w$/,
    /^[^x]$/,
    /^[^x]{2}$/,
  ]
) {
  Deno.test(`${pattern} cannot be compiled and is refused`, () => {
    assertThrows(() => compile([pattern]), TypeError, "Cannot parse");
  });
}

Deno.test("a pattern with too many states is refused", () => {
  assertThrows(() => compile([/^[ab]{300}$/]), RangeError, "too large");
});

for (const version of API_VERSIONS) {
  Deno.test(`version ${version}: all texts of a person can be validated from bytes`, () => {
    const { fields, checks } = personRules(version);
    const without = FIELDS.filter((_, at) => fields[at]!.text === undefined);
    assertEquals(without, ["location.street.number"]);
    assertEquals(checks.length, 2);
  });
}
