import { viewOf } from "../../etl/query/engine.ts";
import { openWasm } from "../../etl/query/wasm.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { testSaboteurs } from "./saboteurs.ts";

testSaboteurs("wasm");

Deno.test("the WebAssembly engine reaches no file even if the SQL is not checked", async () => {
  await withDataset(async (data) => {
    const path = `${data}/tables/users/part-00000.parquet`;
    const before = await Deno.readFile(path);
    const engine = await openWasm([{ table: "users", paths: [path] }]);
    for (
      const sql of [
        `copy (select 1) to '${data}/new.csv'`,
        `copy (select 1) to '${data}/new.parquet' (format parquet)`,
        `copy (select 1) to '${path}' (format parquet, use_tmp_file false)`,
        `export database '${data}/export'`,
        `attach '${data}/new.db'`,
        "create table t as select * from read_csv_auto('/etc/passwd')",
        "create table t as select * from glob('/etc/*')",
        "set temp_directory = '/tmp'",
      ]
    ) await assertRejects(() => engine.execute(sql), Error, "");
    const write = () => engine.execute(`copy (select 1) to '${data}/new.csv'`);
    await assertRejects(write, Error, "Not a part of the dataset");
    engine.close();
    assertEquals(await Deno.readFile(path), before);
    const names = await Array.fromAsync(Deno.readDir(data), ({ name }) => name);
    assertEquals(names, ["tables"]);
  });
});

Deno.test("quotes in a path are escaped in SQL", () => {
  const sql = viewOf({ table: "users", paths: ["it's/a.parquet"] });
  assert(sql.includes("'it''s/a.parquet'"));
});
