import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as v from "valibot";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { predicate } from "../../../etl/transform/validate/predicate.ts";
import { API_VERSIONS, PERSON } from "../../../schema/mod.ts";
import { ODD } from "../../people.ts";

type Json = Record<string, unknown>;

/** Lists the paths to all objects and values in a person. */
function paths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, entry]) => paths(entry, [...path, key]))
    : [];
  return path.length === 0 ? inner : [path, ...inner];
}

/** Copies a person with another value at a path, or without it if the value is `undefined`. */
function replaced(person: Json, [key, ...rest]: readonly string[], value: unknown): Json {
  const { [key!]: old, ...others } = person;
  if (rest.length > 0) return { ...others, [key!]: replaced(old as Json, rest, value) };
  return value === undefined ? others : { ...others, [key!]: value };
}

for (const version of API_VERSIONS) {
  const schema = PERSON[version];
  const fits = predicate(schema);
  const page = syntheticPage({ seed: "predicate", page: 1, results: 60, version });
  const people: Json[] = JSON.parse(page).results;

  Deno.test(`version ${version}: the predicate accepts valid people`, () => {
    for (const person of people) assert(fits(person));
  });

  Deno.test(`version ${version}: the predicate and Valibot agree on every changed person`, () => {
    let refused = 0;
    for (const path of paths(people[0])) {
      for (const value of ODD) {
        const person = replaced(people[0]!, path, value);
        const expected = v.is(schema, person);
        assertEquals(fits(person), expected, `${path.join(".")} = ${String(value)}`);
        if (!expected) refused++;
      }
    }
    assert(refused > 500);
  });
}

Deno.test("the predicate and Valibot agree on any value", () => {
  const fits = predicate(PERSON["1.4"]);
  fc.assert(fc.property(fc.anything(), (value) => {
    assertEquals(fits(value), v.is(PERSON["1.4"], value));
  }));
});

Deno.test("an unknown action is left to Valibot", () => {
  const fits = predicate(v.pipe(v.string(), v.minLength(2), v.startsWith("a")));
  assertEquals(["a", "ab", "ba"].map(fits), [false, true, false]);
});

Deno.test("an unknown schema is left to Valibot", () => {
  const fits = predicate(v.object({ when: v.date(), tags: v.array(v.string()) }));
  assert(fits({ when: new Date(0), tags: ["a"] }));
  assert(!fits({ when: new Date(0), tags: [1] }));
  assert(!fits({ tags: [] }));
});

Deno.test("a key with the value undefined must exist, unless it is optional", () => {
  const fits = predicate(v.object({ any: v.unknown(), maybe: v.optional(v.string()) }));
  assertEquals([{}, { any: undefined }, { any: 1, maybe: 2 }].map(fits), [false, true, false]);
});

Deno.test("a schema that transforms values is refused", () => {
  const trims = v.object({ name: v.pipe(v.string(), v.trim()) });
  assertThrows(() => predicate(trims), TypeError, "Cannot compile trim: it may change the value");
});
