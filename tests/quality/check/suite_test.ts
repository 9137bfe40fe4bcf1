import { assert, assertEquals } from "@std/assert";
import * as v from "valibot";
import { columnsOf, TABLE_NAMES, TABLES } from "../../../schema/mod.ts";
import { baselineOf } from "../../../etl/load/dataset/history.ts";
import { defaultSuite, suiteOf } from "../../../etl/quality/check/suite.ts";
import { expectation } from "../../../etl/quality/check/expectation.ts";

const SUITE = defaultSuite();

Deno.test("each expectation has a unique name and a description", () => {
  assertEquals(new Set(SUITE.map(({ name }) => name)).size, SUITE.length);
  assertEquals(SUITE.filter(({ description }) => !/^[A-Z0-9a-z_].{8,}[^.]$/.test(description)), []);
});

Deno.test("the suite expects the type, the presence and the pattern of each column", () => {
  for (const table of TABLE_NAMES) {
    for (const { name, type } of columnsOf(TABLES[table])) {
      const kinds = SUITE.filter(({ table: of, rule }) =>
        of === table && "column" in rule && rule.column === name
      ).map(({ rule }) => rule.kind);
      assert(kinds.includes("type") && kinds.includes("not_null"), `${table}.${name}`);
      const asText = type !== "text" || kinds.includes("matches") || kinds.includes("in_set");
      assert(asText, `${table}.${name} has no pattern`);
      assert(type !== "decimal" || kinds.includes("between"), `${table}.${name} has no range`);
    }
  }
});

Deno.test("the suite expects each key of the schema", () => {
  for (const table of TABLE_NAMES) {
    const { primaryKey, foreignKeys } = TABLES[table];
    const rules = SUITE.filter((one) => one.table === table).map(({ rule }) => rule);
    assert(
      rules.some((rule) =>
        rule.kind === "unique" && primaryKey.length === 1 && rule.column === primaryKey[0] ||
        rule.kind === "compound_unique" && String(rule.columns) === String(primaryKey)
      ),
    );
    for (const { column, references } of foreignKeys) {
      assert(
        rules.some((rule) =>
          rule.kind === "foreign_key" && rule.column === column && rule.references === references
        ),
      );
    }
  }
});

Deno.test("the ranges of coordinates equal those of the schema", () => {
  for (const { name, table, rule } of SUITE) {
    if (rule.kind !== "between" || !name.endsWith("itude.between")) continue;
    assertEquals(table, "users");
    const { [rule.column as "latitude"]: column } = TABLES.users.columns;
    const is = (degrees: number) => v.is(column, degrees.toFixed(4));
    const [min, max] = [Number(rule.min), Number(rule.max)];
    assertEquals([is(min), is(max), is(min - 1e-4), is(max + 1e-4)], [true, true, false, false]);
  }
});

Deno.test("a custom expectation replaces the default one with the same name", () => {
  const own = expectation({
    name: "users.rows",
    table: "users",
    description: "There are a thousand people",
    kind: "row_count_between",
    min: 1000,
  });
  const suite = suiteOf("tables", [own]);
  assertEquals(suite.length, suiteOf("tables").length);
  assertEquals(suite.find(({ name }) => name === "users.rows"), own);
});

Deno.test("the baseline of a check is the last passed run of its stage", () => {
  const run = { rows: {}, expectations: {}, profile: {} };
  const history = [
    { ...run, at: "1", stage: "tables" as const, passed: true },
    { ...run, at: "2", stage: "tables" as const, passed: true },
    { ...run, at: "3", stage: "tables" as const, passed: false },
    { ...run, at: "4", stage: "pages" as const, passed: true },
  ];
  assertEquals(baselineOf(history, { stage: "tables" })?.at, "2");
  assertEquals(baselineOf(history, { stage: "pages" })?.at, "4");
  assertEquals(baselineOf([], { stage: "tables" }), undefined);
});
