import { assertEquals } from "@std/assert";
import { makeColumns } from "../../etl/normalise/columns.ts";
import { selectRows } from "../../etl/normalise/select.ts";

/** Three people whose columns hold 0, 1, 2 in every row, by the type of the column. */
function users(values: readonly number[]) {
  const columns = makeColumns("users", values.length);
  for (const column of Object.values(columns)) {
    const width = column.length / values.length;
    values.forEach((value, row) => {
      if (Array.isArray(column)) column[row] = String(value);
      else column.fill(value, row * width, (row + 1) * width);
    });
  }
  return { table: "users" as const, rows: values.length, columns };
}

Deno.test("rows are kept in their order, in every column", () => {
  assertEquals(selectRows(users([0, 1, 2]), (row) => row !== 1), users([0, 2]));
});

Deno.test("rows beyond the table are never kept", () => {
  assertEquals(selectRows({ ...users([0, 1, 2]), rows: 2 }, () => true), users([0, 1]));
});

Deno.test("no rows are left where none is kept", () => {
  assertEquals(selectRows(users([0, 1]), () => false), users([]));
});
