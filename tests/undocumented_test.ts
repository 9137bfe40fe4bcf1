/**
 * Tests of the undocumented features that debr relies on, one each. An update that changes a feature
 * fails the test with its name. ARCHITECTURE.md lists them.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { parquetMetadata } from "hyparquet";
import config from "../deno.json" with { type: "json" };
import type { Runtime, WasmModule } from "../etl/query/duckdb_wasm.d.ts";
import { openWasm } from "../etl/query/wasm.ts";
import { ROOT } from "./layers.ts";

Deno.test("hyparquet-writer still has src/datapage.js, which writes page headers", () => {
  const writer = new ByteWriter();
  writePageHeader(writer, {
    type: "DICTIONARY_PAGE",
    uncompressed_page_size: 7,
    compressed_page_size: 5,
    dictionary_page_header: { num_values: 3, encoding: "PLAIN" },
  });
  // Thrift: field 1 is the type (2 in zigzag), fields 2 and 3 the sizes.
  assertEquals([...new Uint8Array(writer.getBuffer())].slice(0, 6), [0x15, 4, 0x15, 14, 0x15, 10]);
});

Deno.test("hyparquet-writer still has src/metadata.js, which writes the footer", () => {
  const writer = new ByteWriter();
  writer.appendUint32(0x31524150);
  writeMetadata(writer, {
    version: 2,
    created_by: "debr",
    schema: [{ name: "root", num_children: 1 }, { name: "a", type: "INT32" }],
    num_rows: 0n,
    row_groups: [],
    metadata_length: 0,
  });
  writer.appendUint32(0x31524150);
  const { created_by, schema } = parquetMetadata(writer.getBuffer());
  assertEquals([created_by, schema.map(({ name }) => name)], ["debr", ["root", "a"]]);
});

Deno.test("duckdb-wasm still has the functions that debr's runtime calls", async () => {
  const engine = await openWasm([]);
  const { DUCKDB_RUNTIME: runtime } = globalThis as unknown as { DUCKDB_RUNTIME: Runtime };
  let instance: Partial<Record<string, unknown>> = {};
  const glob = (mod: WasmModule, ...args: number[]) => {
    instance = mod as unknown as typeof instance;
    return runtime["glob"]!(mod, ...args);
  };
  Object.assign(globalThis, { DUCKDB_RUNTIME: { ...runtime, glob } });
  await assertRejects(() => engine.execute("from read_parquet('nowhere.parquet')"));
  engine.close();
  const called = [
    ...["fail_with", "fs_get_file_info_by_id", "clear_response", "fs_glob_add_path"]
      .map((name) => `_duckdb_web_${name}`),
    ...["ccall", "stackSave", "stackAlloc", "stackRestore", "_malloc", "HEAPU8", "HEAPF64"],
  ];
  assertEquals(called.filter((name) => instance[name] === undefined), []);
});

Deno.test("duckdb-wasm still looks at a clock that debr provides, which can stop a statement", async () => {
  let looks = 0;
  const engine = await openWasm([], () => ++looks > 1000);
  const endless =
    "select count(*) from range(3000000) a, range(3000000) b where a.range + b.range < 0";
  await assertRejects(() => engine.execute(endless), WebAssembly.RuntimeError);
  engine.close();
});

Deno.test("V8 still knows the flags that the task extract uses", async () => {
  const [flags = ""] = /--v8-flags=\S+/.exec(config.tasks.extract.command) ?? [];
  assert(flags.includes("="));
  const run = async (flags: string) => {
    const args = ["eval", "--no-config", flags, "0"];
    return await new Deno.Command("deno", { args, stdout: "null", stderr: "null" }).output();
  };
  assertEquals((await run(flags)).success, true);
  assertEquals((await run(`${flags},--no-such-flag`)).success, false);
});

Deno.test("transfer(0) still gives memory back without a garbage collection", () => {
  const megabytes = () => Deno.memoryUsage().rss / 1e6;
  const bytes = new Uint8Array(256e6).fill(1);
  const held = megabytes();
  bytes.buffer.transfer(0);
  assert(held - megabytes() > 200, `${held} MB before, ${megabytes()} after`);
});

Deno.test("the list in ARCHITECTURE.md names existing tests", async () => {
  const text = await Deno.readTextFile(`${ROOT}ARCHITECTURE.md`);
  const [, section = ""] = /\n## Undocumented parts\n([\s\S]*?)\n## /.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| (.+?) +\| (.+?) +\| `(.+?)`: (.+?) +\|$/gm)];
  assert(rows.length > 5);
  for (const [, , , file = "", title = ""] of rows) {
    const tests = await Deno.readTextFile(`${ROOT}${file}`);
    assert(tests.includes(title), `${file} has no test named ${title}`);
  }
});
