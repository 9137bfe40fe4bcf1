import { assert, assertEquals } from "@std/assert";
import * as v from "valibot";
import { type Column, columnsOf, rulesOf, TABLES } from "../../schema/mod.ts";

Deno.test("the rules of a column are read from its schema", () => {
  const { columns } = TABLES.users;
  assertEquals(rulesOf(columns.gender).oneOf, ["female", "male"]);
  assertEquals(rulesOf(columns.latitude).range, { min: -90, max: 90 });
  assertEquals(rulesOf(columns.longitude).range, { min: -180, max: 180 });
  assertEquals(rulesOf(columns.street_number).range, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  assertEquals(rulesOf(columns.media_id).patterns, [/^[0-9a-f]{16}$/]);
  assertEquals(rulesOf(columns.email).patterns.length, 2);
  assertEquals([rulesOf(columns.country_code).filled, rulesOf(columns.city).filled], [true, false]);
});

Deno.test("the rules accept every example of the schema", () => {
  for (const table of Object.values(TABLES)) {
    for (const { name, example, type } of columnsOf(table)) {
      const schema = (table.columns as Readonly<Record<string, Column>>)[name] as Column;
      const value = type === "integer" ? Number(example) : example;
      assert(v.is(schema, value), `${table.name}.${name}: the example is not valid`);
      const { oneOf, patterns, filled, range } = rulesOf(schema);
      assert(oneOf === undefined || oneOf.includes(example));
      assert(patterns.every((pattern) => pattern.test(example)));
      assert(!filled || example.length > 0);
      assert(range === undefined || (Number(example) >= range.min && Number(example) <= range.max));
    }
  }
});

Deno.test("the range of a column equals its check", () => {
  for (const name of ["latitude", "longitude"] as const) {
    const schema = TABLES.users.columns[name];
    const { min = NaN, max = NaN } = rulesOf(schema).range ?? {};
    for (const [number, valid] of [[min, true], [max, true], [min - 1, false], [max + 1, false]]) {
      assertEquals(v.is(schema, Number(number).toFixed(4)), valid);
    }
  }
});
