import { parquetType, parseType, textType } from "../../etl/query/types.ts";
import { assertEquals } from "@std/assert";

Deno.test("nested types are parsed and printed with VARCHAR at the leaves", () => {
  for (
    const [sql, text] of [
      ["DECIMAL(7,4)", "VARCHAR"],
      ["INTEGER[][3]", "VARCHAR[][]"],
      ["MAP(VARCHAR, STRUCT(a INTEGER)[])", 'MAP(VARCHAR, STRUCT("a" VARCHAR)[])'],
      [
        'STRUCT(a INTEGER, "b, ""c" DECIMAL(3,1), "(" ENUM(\'x, )\', \'y\'))',
        'STRUCT("a" VARCHAR, "b, ""c" VARCHAR, "(" VARCHAR)',
      ],
      ["TIMESTAMP WITH TIME ZONE", "VARCHAR"],
    ] as const
  ) assertEquals(textType(parseType(sql)), text);
});

Deno.test("types are classified as number, text or boolean", () => {
  const kind = (sql: string) => parseType(sql).kind;
  assertEquals(["HUGEINT", "UBIGINT", "DECIMAL(38,2)", "FLOAT"].map(kind), Array(4).fill("number"));
  assertEquals(["INTERVAL", "UUID", "ENUM('1')", "BIT"].map(kind), Array(4).fill("text"));
  assertEquals(kind("BOOLEAN"), "boolean");
});

Deno.test("a HUGEINT keeps its digits in Parquet", () => {
  assertEquals(parquetType(parseType("HUGEINT[]")), "DECIMAL(38,0)[]");
  assertEquals(parquetType(parseType("BIT")), "VARCHAR");
});
