import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { SourceError } from "../../../etl/common/errors.ts";
import { BATCH_PEOPLE, inBatches, splitPages } from "../../../etl/extract/pages/pages.ts";
import { FileMemory, readSaved } from "../../../etl/extract/files/local.ts";
import { savedSource } from "../../../etl/extract/files/saved.ts";
import { temporary } from "../../temporary.ts";
import { windowsLacks } from "../../windows.ts";

/** Makes a folder with pages, another file and a subfolder. */
async function folder() {
  const made = await temporary();
  await Deno.mkdir(`${made.path}/pages/deep`, { recursive: true });
  const files = {
    "b.json": "[]",
    "a.json": "[]",
    "c.txt": "[]",
    "deep/d.json": "[]",
    "[x].json": "",
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${made.path}/pages/${name}`, text);
  }
  await Deno.writeFile(`${made.path}/pages/a.json.gz`, gzipSync("[1]"));
  return made;
}

async function found(spec: string): Promise<string[]> {
  const { batches } = await savedSource([spec]);
  return batches.flatMap(({ pages }) => pages).map(({ kind, ...page }) => {
    assertEquals(kind, "file");
    return (page as { path: string }).path.split("/pages/")[1] ?? "";
  });
}

Deno.test("a file, a folder or a glob gives its pages sorted by name", async () => {
  await using made = await folder();
  const pages = `${made.path}/pages`;
  assertEquals(await found(`${pages}/b.json`), ["b.json"]);
  assertEquals(await found(`${pages}/c.txt`), ["c.txt"]);
  assertEquals(await found(`${pages}/[x].json`), ["[x].json"]);
  const all = ["[x].json", "a.json", "a.json.gz", "b.json"];
  assertEquals(await found(pages), all);
  assertEquals(await found(`${pages}/`), all);
  assertEquals(await found(`${pages}/*`), all);
  assertEquals(await found(`${pages}/[ab].json`), ["a.json", "b.json"]);
  assertEquals(await found(`${pages}/{b,nothing}.json`), ["b.json"]);
  assertEquals(await found(`${pages}/**/d.json`), ["deep/d.json"]);
});

Deno.test("a path without pages is a source error", async () => {
  await using made = await folder();
  for (const spec of ["nowhere.json", "pages/*.txt", "elsewhere/*.json", ""]) {
    await assertRejects(
      () => savedSource([`${made.path}/nothing/${spec}`]),
      SourceError,
      "Cannot find saved pages",
    );
  }
});

Deno.test("a changed file changes the fingerprint of the run", async () => {
  await using made = await folder();
  const path = `${made.path}/pages/a.json`;
  const { fingerprint } = await savedSource([path]);
  assertEquals((await savedSource([path])).fingerprint, fingerprint);
  await Deno.utime(path, 1, 1);
  assertNotEquals((await savedSource([path])).fingerprint, fingerprint);
});

Deno.test("pages are read compressed or not, with or without a byte order mark", async () => {
  await using made = await folder();
  assertEquals(await readSaved(`${made.path}/pages/a.json.gz`), "[1]");
  await Deno.writeTextFile(`${made.path}/bom.json`, "\ufeff[2]");
  assertEquals(await readSaved(`${made.path}/bom.json`), "[2]");
  await Deno.writeFile(`${made.path}/bad.json`, Uint8Array.of(0x22, 0xff, 0x22));
  await assertRejects(() => readSaved(`${made.path}/bad.json`), SourceError, "bad.json: ");
  await Deno.writeFile(`${made.path}/cut.json.gz`, gzipSync("[1]").subarray(0, 15));
  await assertRejects(() => readSaved(`${made.path}/cut.json.gz`), SourceError, "cut.json.gz: ");
});

Deno.test("pages are grouped into full batches in order and never split", () => {
  const group = (...weights: number[]) =>
    inBatches(weights, (weight) => weight).map(({ index, pages }) => [index, ...pages]);
  assertEquals(group(), []);
  assertEquals(group(20_000, 30_000, 1, BATCH_PEOPLE), [
    [0, 20_000, 30_000],
    [1, 1],
    [2, BATCH_PEOPLE],
  ]);
  assertEquals(group(2 * BATCH_PEOPLE, 5), [[0, 2 * BATCH_PEOPLE], [1, 5]]);
});

Deno.test("people are split into pages of one size, except the last", () => {
  const sizes = (results: number, size: number) =>
    splitPages(results, size).map(({ page, results }) => [page, results]);
  assertEquals(sizes(5, 2), [[1, 2], [2, 2], [3, 1]]);
  assertEquals(sizes(4, 2), [[1, 2], [2, 2]]);
  assertEquals(sizes(1, 5000), [[1, 1]]);
});

Deno.test({
  name: "a pipe without a size is read to its end",
  ignore: windowsLacks("named pipes"),
  fn: async () => {
    await using made = await temporary();
    const path = `${made.path}/page.json`;
    const text = `[${"1,".repeat(700_000)}1]`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    const [read] = await Promise.all([readSaved(path), Deno.writeTextFile(path, text)]);
    assertEquals(read, text);
  },
});

Deno.test("files that are read one after another into the same buffer are complete", async () => {
  await using made = await temporary();
  const memory = new FileMemory();
  for (const text of ["[1]", `[${"2,".repeat(1000)}2]`, "[3]", ""]) {
    const path = `${made.path}/page.json`;
    await Deno.writeTextFile(path, text);
    const bytes = await memory.read(path);
    assertEquals(new TextDecoder().decode(bytes), text);
    assert(memory.holds(bytes));
  }
  assert(!memory.holds(new Uint8Array(0)));
});
