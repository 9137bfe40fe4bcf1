import { openHistory } from "../../../etl/query/prompt/files.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";

Deno.test("a history is kept between sessions, with a limited length and only for its owner", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/data/history`;
  const first = await openHistory(path);
  await first.keep("select 1;");
  await first.keep("select '\n';");
  await first.keep("from users;");
  assertEquals(await Deno.readTextFile(path), "select 1;\nfrom users;\n");
  if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  const second = await openHistory(path);
  assertEquals(second.earlier, ["from users;", "select 1;"]);
  assertStringIncludes(second.note, path);
  const many = Array.from({ length: 2001 }, (_, at) => `select ${at};\n`);
  await Deno.writeTextFile(path, many.join(""));
  assertEquals((await openHistory(path)).earlier.length, 1000);
  assertEquals((await Deno.readTextFile(path)).split("\n")[0], "select 1001;");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a disabled or unwritable history keeps nothing and reports it", async () => {
  const file = await Deno.makeTempFile();
  const broken = await openHistory(`${file}/history`);
  await broken.keep("select 1;");
  assertStringIncludes(broken.note, "History is not kept: ");
  assertEquals((await openHistory()).note, "History is not kept");
  await Deno.remove(file);
});
