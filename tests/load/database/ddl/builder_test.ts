import { assertEquals } from "@std/assert";
import { layOut } from "../../../../etl/load/database/ddl/builder.ts";

Deno.test("each column and constraint gets one line, also if it contains commas", () => {
  const sql =
    `create table "a" ("b" decimal(7, 4) comment 'it''s, (or', check ("b" in ('(', ','))) x (y, z)`;
  assertEquals(
    layOut(sql).split("\n"),
    [
      'create table "a" (',
      `  "b" decimal(7, 4) comment 'it''s, (or',`,
      `  check ("b" in ('(', ','))`,
      ") x (y, z)",
    ],
  );
});
