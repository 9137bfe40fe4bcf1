/**
 * Tests each undocumented part of Valibot that debr reads, so that an update of Valibot fails with
 * the name of the changed part.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import * as v from "valibot";
import { issueExpected, issueRule, issueValue } from "../../../schema/valibot/issue.ts";
import {
  asked,
  choicesOf,
  flat,
  metadataOf,
  type Parts,
  patternOf,
  rangeOf,
  typeOf,
  wantsText,
} from "../../../schema/valibot/parts.ts";

const WORD = /^\w+$/;

/** Values read from schemas and actions, and the expected values. */
const READ: Readonly<Record<string, readonly [unknown, unknown]>> = {
  "kind and type of schemas": [
    [v.string(), v.number(), v.object({}), v.nullable(v.string()), v.picklist([]), v.union([])]
      .map(({ kind, type }: Parts) => `${kind} ${type}`),
    ["string", "number", "object", "nullable", "picklist", "union"].map((it) => `schema ${it}`),
  ],
  "kind and type of actions": [
    [v.regex(WORD), v.nonEmpty(), v.integer(), v.safeInteger(), v.check(() => true), v.minValue(0)]
      .map(({ kind, type }: Parts) => `${kind} ${type}`),
    ["regex", "non_empty", "integer", "safe_integer", "check", "min_value"]
      .map((it) => `validation ${it}`),
  ],
  "kind of metadata and of transformations": [
    [v.metadata({}).kind, v.trim().kind],
    ["metadata", "transformation"],
  ],
  "pipe: the schema, then its actions": [
    flat(v.pipe(v.pipe(v.string(), v.regex(WORD)), v.nonEmpty())).map(({ type }) => type),
    ["string", "regex", "non_empty"],
  ],
  "type of a piped schema": [typeOf(v.pipe(v.nullable(v.string()), v.metadata({}))), "nullable"],
  "entries of an object, piped or not": [
    [v.object({ a: v.string() }), v.pipe(v.object({ a: v.string() }), v.check(() => true))]
      .map((schema: Parts) => schema.entries?.["a"]?.type),
    ["string", "string"],
  ],
  "options of a picklist": [choicesOf(v.picklist(["a", "b"])), ["a", "b"]],
  "options of a union": [
    (v.union([v.string(), v.number()]) as Parts).options?.map((option) => (option as Parts).type),
    ["string", "number"],
  ],
  "wrapped schema of nullable": [(v.nullable(v.string()) as Parts).wrapped?.type, "string"],
  "requirement of regex": [patternOf(v.regex(WORD)), WORD],
  "type non_empty": [[v.nonEmpty(), v.regex(WORD)].map(wantsText), [true, false]],
  "requirement of min_value and max_value": [
    rangeOf([v.minValue(2), v.minValue(3), v.maxValue(9)]),
    { min: 3, max: 9 },
  ],
  "safe_integer as a range": [rangeOf([v.safeInteger(), v.minValue(0)]), {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  }],
  "metadata of several actions": [
    metadataOf(flat(v.pipe(v.string(), v.metadata({ exact: WORD }), v.metadata({ other: 1 })))),
    { exact: WORD, other: 1 },
  ],
  "message": [(v.nonEmpty("filled") as Parts).message, "filled"],
  "expects": [(v.string() as Parts).expects, "string"],
};

for (const [name, [found, expected]] of Object.entries(READ)) {
  Deno.test(`Valibot still has: ${name}`, () => assertEquals(found, expected));
}

Deno.test("Valibot still has: requirement of check and integer as a function of the value", () => {
  assertEquals([0, 1].map(asked(v.check((value) => value === 1))), [false, true]);
  assertEquals([0.5, 1].map(asked(v.integer())), [false, true]);
});

Deno.test("Valibot still has: ~run of schemas and actions with issues or none", () => {
  assertEquals(["a", 1].map(asked(v.string())), [true, false]);
  assertEquals(["a", "ab"].map(asked(v.minLength(2))), [false, true]);
});

Deno.test("Valibot still has: issues with kind, type, path, input, expected and message", () => {
  const schema = v.object({ a: v.pipe(v.string(), v.regex(WORD, "a word")), b: v.number() });
  const { issues = [] } = v.safeParse(schema, { a: "?" });
  const described = issues.map((one) => [issueRule(one), issueExpected(one), issueValue(one)]);
  assertEquals(described, [["regex", "a word", "?"], ["required", "a value", undefined]]);
  const [issue] = v.safeParse(schema, 1).issues ?? [];
  assert(issue);
  assertEquals([issueRule(issue), issueExpected(issue), issueValue(issue)], [
    "type",
    "an object",
    1,
  ]);
});
