import { assertEquals, assertMatch } from "@std/assert";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { windowsLacks } from "../windows.ts";

const COMMAND =
  "run -q --no-prompt --lock=deno.lock -P=query main.ts query --data data/sample --engine native --format parquet";

async function run(sql: string) {
  const command = new Deno.Command(Deno.execPath(), { args: [...COMMAND.split(" "), sql] });
  const { code, stdout, stderr } = await command.output();
  return { code, file: stdout.buffer, stderr: new TextDecoder().decode(stderr) };
}

Deno.test({
  name: "the native engine writes Parquet to stdout, and COPY to stdout is refused",
  ignore: windowsLacks("a path for stdout"),
  fn: async () => {
    const { code, file } = await run(
      "select country_code, sum(1) n from users group by 1 order by 1",
    );
    assertEquals(code, 0);
    const { created_by } = await parquetMetadataAsync(file);
    assertMatch(created_by ?? "", /version v1\.5/);
    const [first] = await parquetReadObjects({ file });
    assertEquals(Object.keys(first ?? {}), ["country_code", "n"]);
    const refused = await run("copy users to '/dev/stdout'");
    assertEquals([refused.code, refused.file.byteLength], [2, 0]);
    assertMatch(refused.stderr, /Refused to run COPY/);
  },
});

Deno.test({
  name: "both engines append Parquet to a file without changing its content",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const folder = await Deno.makeTempDir();
    for (const engine of ["native", "wasm"]) {
      const path = `${folder}/${engine}`;
      await Deno.writeTextFile(path, "kept");
      const query = `deno ${COMMAND.replace("native", engine)} "select 42 as n" >> ${path}`;
      const { code } = await new Deno.Command("sh", { args: ["-c", query] }).output();
      const bytes = await Deno.readFile(path);
      const [text, file] = [bytes.subarray(0, 4), bytes.slice(4).buffer];
      assertEquals([code, new TextDecoder().decode(text)], [0, "kept"]);
      assertEquals(await parquetReadObjects({ file }), [{ n: 42 }]);
    }
    await Deno.remove(folder, { recursive: true });
  },
});
