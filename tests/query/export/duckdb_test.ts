import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { UsageError } from "../../../etl/common/errors.ts";
import { QUESTIONS, VIEWS } from "../../../etl/query/questions.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import { exportTables } from "../../../etl/query/export/export.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { temporary } from "../../temporary.ts";

const EXPORT = {
  data: "data/sample",
  engine: "wasm",
  signal: new AbortController().signal,
} as const;

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
  closeSync(): void;
}

/** Opens a file as other programs do, and runs `work` with it. */
async function opened<T>(path: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const name = ["npm:@duckdb", "node-api@1.5.4-r.1"].join("/");
  const { DuckDBInstance } = await import(name);
  const instance = await DuckDBInstance.create(path);
  const connection: Connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

Deno.test("a DuckDB file has tables with keys and comments, and a view for each question", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/people.duckdb`;
  for (const _ of ["made", "replaced"]) await exportTables(path, EXPORT);
  if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  assertEquals((await Array.fromAsync(Deno.readDir(folder.path))).length, 1);
  const dataset = await openDataset(EXPORT.data, { engine: "native" });
  await opened(path, async (connection) => {
    const texts = async (sql: string) =>
      (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String));
    for (const name of [...TABLE_NAMES, ...VIEWS.map(({ name }) => name)]) {
      const sql = VIEWS.find((view) => view.name === name)?.sql ?? `select * from ${name}`;
      const result = await dataset.query(sql);
      const columns = result.columns.map(({ name }) => `"${name}"::varchar`);
      const found = await texts(`select count(*), hash(list([${columns}])) from ${name}`);
      const [expected] = await (await dataset.query(
        `select count(*)::varchar, hash(list([${columns}]))::varchar from (${sql}) t`,
      )).rows();
      assertEquals<unknown>(found, [expected], name);
    }
    assertEquals(
      await texts("select count(*) from duckdb_constraints() where constraint_type like '%KEY'"),
      [["11"]],
    );
    const comments = await texts(
      "select comment from duckdb_tables() union all select comment from duckdb_columns() " +
        "where not internal and table_name in (select table_name from duckdb_tables()) union all " +
        "select comment from duckdb_views() where not internal",
    );
    assertEquals(comments.filter(([comment]) => comment === "null"), []);
    assertMatch(comments.flat().join("\n"), /Privacy: sensitive\./);
  });
  dataset.close();
  await opened(path, (connection) => connection.run("create table scores (a int)"));
  const error = await assertRejects(() => exportTables(path, EXPORT), UsageError);
  assertMatch(error.message, /it holds scores, which debr did not write$/);
  await Deno.writeTextFile(`${folder.path}/notes.duckdb`, "notes");
  await assertRejects(
    () => exportTables(`${folder.path}/notes.duckdb`, EXPORT),
    UsageError,
    "it is not a duckdb file",
  );
  assertEquals(QUESTIONS.length - VIEWS.length, 1);
});
