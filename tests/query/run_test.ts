import { EXIT, UsageError } from "../../etl/common/errors.ts";
import { type QueryRequest, runQuery } from "../../etl/query/run.ts";
import { runScript } from "../../etl/query/script.ts";
import { sqlError, tooLargeOr } from "../../etl/query/sql_error.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { addTable, withDataset } from "./dataset.ts";
import { inUtf16 } from "../utf16.ts";
import { fakeTerminal } from "./terminal.ts";

const { signal } = new AbortController();

async function run(request: Partial<QueryRequest>, terminal = fakeTerminal(), folder?: string) {
  let status: number | undefined;
  await withDataset(async (data) => {
    if (folder !== undefined) await addTable(data, folder);
    const complete: QueryRequest = {
      positionals: [],
      format: "csv",
      engine: "wasm",
      data,
      ...request,
    };
    status = await runQuery(complete, { terminal, signal });
  });
  return { status, out: terminal.output() };
}

Deno.test("SQL is read from the argument, a file or standard input", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, "\ufeffselect 1 as a;\n");
  assertEquals((await run({ positionals: ["select 1 as a"] })).out, "a\n1\n");
  assertEquals((await run({ file })).out, "a\n1\n");
  assertEquals((await run({}, fakeTerminal({ input: "select 1 as a;" }))).out, "a\n1\n");
  await assertRejects(
    () => run({ positionals: ["select 1"], file }),
    UsageError,
    "one argument or file",
  );
  await assertRejects(() => run({ file: `${file}.none` }), UsageError, "there is no such file");
  for (const marked of inUtf16("select 1 as a")) {
    await Deno.writeFile(file, marked);
    assertEquals((await run({ file })).out, "a\n1\n");
    assertEquals((await run({}, fakeTerminal({ input: marked }))).out, "a\n1\n");
    await Deno.writeFile(file, marked.subarray(2));
    await assertRejects(() => run({ file }), UsageError, "nor UTF-16 with a byte order mark");
  }
  await Deno.writeFile(file, Uint8Array.of(0xff, 0xfe, 0xfd));
  await assertRejects(() => run({ file }), UsageError, "not UTF-8");
  await Deno.remove(file);
});

Deno.test("several statements are printed in order, if the format allows it", async () => {
  const positionals = ["select 1 as a; select 2 as b;"];
  assertEquals((await run({ positionals, format: "ndjson" })).out, '{"a":1}\n{"b":2}\n');
  await assertRejects(() => run({ positionals }), UsageError, "Cannot print 2 results as csv");
  const one = ["create table t as select 1 as a; insert into t values (2); from t; drop table t"];
  assertEquals((await run({ positionals: one })).out, "a\n1\n2\n");
  assertEquals((await run({ positionals: one, format: "json" })).out, '[\n{"a":1},\n{"a":2}\n]\n');
});

Deno.test("a result that does not fit into memory is an error of the statement", async () => {
  const terminal = fakeTerminal();
  for (const why of ["Out of Memory Error: no block", "malloc of size 9 failed"]) {
    const result = {
      columns: [],
      batches: () => [1].map(() => assert(false, why)),
      [Symbol.asyncDispose]: async () => {},
    };
    const dataset = { validate: () => [], run: () => Promise.resolve(result) } as never;
    const { message, next } = await assertRejects(
      () => runScript("from users", dataset, { format: "csv", terminal, signal }),
      UsageError,
    );
    assertEquals([message, next], [`Cannot run SQL: out of memory: ${why}`, {
      code: "query_too_large",
    }]);
  }
  const failed = { sql: "", linesBefore: 0, tables: [], engine: "wasm" } as const;
  const told = sqlError(new Error("Invalid Error: std::bad_alloc"), failed);
  assertStringIncludes(String(told), "out of memory: Invalid Error: std::bad_alloc");
  assertEquals(tooLargeOr(told), told);
  const allocation = new RangeError("Array buffer allocation failed");
  assertStringIncludes(String(sqlError(allocation, failed)), "out of memory: Array buffer");
});

Deno.test("no statement of a script runs if one is refused", async () => {
  const terminal = fakeTerminal();
  const request = { positionals: ["select 1; drop view users"], format: "table" } as const;
  await assertRejects(() => run(request, terminal), UsageError, "Refused to run DROP");
  assertEquals(terminal.output(), "");
});

Deno.test("SQL without a statement, and Parquet on a terminal, are refused", async () => {
  await assertRejects(() => run({ positionals: ["-- nothing"] }), UsageError, "no statement");
  const request = { positionals: ["select 1"], format: "parquet" } as const;
  await assertRejects(() => run(request, fakeTerminal({ isOut: true })), UsageError, "Parquet");
});

Deno.test("a closed pipe ends the query without an error", async () => {
  const closed = {
    ...fakeTerminal(),
    out: () => {
      throw new Deno.errors.BrokenPipe("closed");
    },
  };
  assertEquals((await run({ positionals: ["from users"] }, closed)).status, EXIT.done);
});

Deno.test("dot commands work without a prompt", async () => {
  assertStringIncludes((await run({ positionals: [".schema", "media"] })).out, "media (\n");
  const own = async (...positionals: string[]) =>
    (await run({ positionals }, fakeTerminal(), "My own model")).out;
  assertStringIncludes(await own(".tables"), "users         3 rows\nlogins ");
  assertStringIncludes(await own(".tables"), "\nMy own model  1 row\n");
  assertStringIncludes(await own(".schema my own model"), "My own model (\n  media_id VARCHAR,\n");
  assertStringIncludes(await own(".schema"), "My own model (\n");
});
