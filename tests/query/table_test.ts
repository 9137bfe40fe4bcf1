import { runQuery } from "../../etl/query/run.ts";
import { fitWidths } from "../../etl/query/formats/format.ts";
import { cutTo, printable, widthOf } from "../../etl/query/formats/width.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { fakeTerminal } from "./terminal.ts";

async function table(sql: string, columns: number): Promise<string> {
  const terminal = fakeTerminal({ isOut: true, columns });
  await withDataset(async (data) => {
    const { signal } = new AbortController();
    const request = { positionals: [sql], format: "table", engine: "wasm", data } as const;
    await runQuery(request, { terminal, signal });
  });
  return terminal.output();
}

Deno.test("a table is never wider than the terminal", async () => {
  for (const columns of [30, 80, 133, 400]) {
    const printed = await table(
      "select last_name, *, '日本語日本語日本語' as wide from users",
      columns,
    );
    const lines = printed.trimEnd().split("\n").slice(0, -1);
    const widths = new Set(lines.map(widthOf));
    assertEquals(widths.size, 1, printed);
    assert(Math.max(...widths) <= columns, printed);
  }
});

Deno.test("a table names the rows and columns that it omits, and the format that shows them", async () => {
  assertStringIncludes(
    await table("select * from range(1234567)", 80),
    "1,234,527 of 1,234,567 rows not shown; the format csv shows all\n",
  );
  assertStringIncludes(
    await table("from users", 80),
    "of 20 columns not shown; the format line shows all",
  );
  assert((await table("select 1", 80)).endsWith("\n1 row\n"));
});

Deno.test("the widest columns shrink first, and no column is narrower than eight", () => {
  assertEquals(fitWidths([5, 40, 10], 100), [5, 40, 10]);
  assertEquals(fitWidths([5, 40, 10], 40), [5, 15, 10]);
  assertEquals(fitWidths([20, 20, 20], 25), [9, 9]);
});

Deno.test("control characters are printed as escapes, and characters without width take no space", () => {
  assertEquals(printable("a\u001b[31m\n\u202e"), "a\\u001b[31m\\n\\u202e");
  assertEquals(widthOf("نیک\u200cپی"), 5);
  assertEquals(cutTo("日本語日本語", 8), "日本語…");
});
