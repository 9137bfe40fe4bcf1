import { assertEquals } from "@std/assert";
import { plainCondition } from "../../../../etl/load/database/catalog/condition.ts";

/** Conditions as debr writes them, and as databases print them. */
const SAME: readonly (readonly [string, ...string[]])[] = [
  [
    `"gender" in ('female', 'male')`,
    "(gender = ANY (ARRAY['female'::text, 'male'::text]))",
    "((gender)::text = ANY ((ARRAY['female'::character varying, 'male'::character varying])::text[]))",
    "`gender` in ('female','male')",
    "(`gender` in (_utf8mb4'female',_utf8mb4'male'))",
  ],
  [
    `"latitude" between -90 and 90`,
    "((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric))",
    "`latitude` between -90 and 90",
    "(`latitude` between -(90) and 90)",
  ],
  [`"code" <> ''`, "(code <> ''::text)", "(code != '')", "`code` <> _utf8mb4''"],
  [
    `"sha256" ~ '^[0-9a-f]{64}$'`,
    "(sha256 ~ '^[0-9a-f]{64}$'::text)",
    "`sha256` regexp '^[0-9a-f]{64}$'",
    "regexp_like(`sha256`,_utf8mb4'^[0-9a-f]{64}$')",
  ],
  [
    "a > 1 and (b < 2 or c is not null)",
    "((a > 1) AND ((b < 2) OR (c IS NOT NULL)))",
    "`a` > 1 and (`b` < 2 or `c` is not null)",
  ],
  ["not a in (1, 2)", "(a <> ALL (ARRAY[1, 2]))", "`a` not in (1,2)"],
  ["length(name) >= 3", "(char_length((name)::text) >= 3)", "char_length(`name`) >= 3"],
  ["a <> 'x\ty'", "`a` <> 'x\\ty'"],
  ["a <> 'it''s' and b <> 'c\\d'", "`a` <> 'it\\'s' and `b` <> 'c\\\\d'"],
  ["a + b * 2 > 0", "((a + (b * 2)) > 0)", "`a` + `b` * 2 > 0"],
];

for (const [written, ...printed] of SAME) {
  Deno.test(`all printed forms of a condition are equal: ${written}`, () => {
    for (const text of printed) {
      const flavour = text.includes("`") ? "mariadb" : "postgres";
      assertEquals(plainCondition(text, flavour), plainCondition(written, "postgres"));
    }
  });
}

Deno.test("different conditions stay different", () => {
  const all = [
    "a > 1 and (b < 2 or c > 3)",
    "(a > 1 and b < 2) or c > 3",
    "a >= 1",
    "a > 1",
    "a = 'X'",
    "a = 'x'",
    "a in ('x', 'y')",
    "a in ('y', 'x')",
    "a = 'it''s'",
    "upper(a) = 'x'",
  ];
  const plain = all.map((text) => plainCondition(text, "postgres"));
  assertEquals(new Set(plain).size, all.length);
});

Deno.test("a condition that cannot be parsed keeps its words", () => {
  const text = "case when a  then b end";
  assertEquals(plainCondition(text, "postgres"), "case when a then b end");
});

Deno.test("the backslashes that MySQL 8 adds before quotes are removed", () => {
  const text = "(`gender` in (_utf8mb4\\'female\\',_utf8mb4\\'male\\'))";
  assertEquals(plainCondition(text, "mysql"), "gender in ('female', 'male')");
});
