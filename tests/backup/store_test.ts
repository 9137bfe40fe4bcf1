import { assertEquals, assertRejects } from "@std/assert";
import { differences } from "../../etl/backup/manifest.ts";
import { checked, forEachFile, measured, together } from "../../etl/backup/store.ts";
import { sha256 } from "../../etl/common/sha256.ts";
import { NEVER } from "./support.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function* chunksOf(...texts: string[]) {
  for (const text of texts) yield await Promise.resolve(bytes(text));
}

const fault = (what: string) => new Error(what);

async function readUntilFault(expected: { bytes: number; sha256: string }, ...texts: string[]) {
  let seen = "";
  const read = async () => {
    for await (const chunk of checked(chunksOf(...texts), { expected, fault })) {
      seen += new TextDecoder().decode(chunk);
    }
  };
  const error = await assertRejects(read, Error);
  return [seen, error.message];
}

Deno.test("reading damaged chunks ends with an error", async () => {
  const expected = { bytes: 6, sha256: sha256(bytes("abcdef")) };
  const all = await Array.fromAsync(checked(chunksOf("abc", "", "def"), { expected, fault }));
  assertEquals(all.map((chunk) => new TextDecoder().decode(chunk)), ["abc", "def"]);
  const other = "has another SHA-256 than the manifest says";
  assertEquals(await readUntilFault(expected, "abc", "deg"), ["abc", other]);
  const short = "has 5 bytes, the manifest says 6";
  assertEquals(await readUntilFault(expected, "abc", "de"), ["abc", short]);
  assertEquals(await readUntilFault(expected), ["", "has 0 bytes, the manifest says 6"]);
});

Deno.test("chunks are counted and hashed while they are read", async () => {
  let total = 0;
  const { chunks, measure } = measured(chunksOf("abc", "def"), (count) => total += count);
  for await (const _ of chunks);
  assertEquals(measure(), { bytes: 6, sha256: sha256(bytes("abcdef")) });
  assertEquals(total, 6);
});

Deno.test("when one of two tasks fails, the other is aborted and the first error is thrown", async () => {
  const forever = (signal: AbortSignal) =>
    new Promise<never>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason), { once: true })
    );
  const failing = () => Promise.reject(new Error("first"));
  await assertRejects(() => together(NEVER, [failing, forever]), Error, "first");
  await assertRejects(() => together(NEVER, [forever, failing]), Error, "first");
  const done = [() => Promise.resolve("sent"), () => Promise.resolve(7)] as const;
  assertEquals(await together(NEVER, done), ["sent", 7]);
});

Deno.test("each file is processed once, and none is begun after a failure", async () => {
  const begun: number[] = [];
  const files = Array.from({ length: 99 }, (_, file) => file);
  const work = async (file: number) => {
    begun.push(file);
    await Promise.resolve();
    if (file === 5) throw new Error("sixth");
  };
  await assertRejects(() => forEachFile(files, { signal: NEVER, work }), Error, "sixth");
  assertEquals(begun, files.slice(0, begun.length));
  assertEquals(begun.length < 12, true);
  const some: number[] = [];
  await forEachFile(files, { signal: NEVER, work: async (file) => void some.push(await file) });
  assertEquals(some, files);
});

Deno.test("differences of content are listed by table", () => {
  const a = { rows: 1, sha256: "a" };
  const expected = { same: a, gone: a, rows: a, values: a };
  const found = {
    same: a,
    more: a,
    rows: { rows: 2, sha256: "b" },
    values: { rows: 1, sha256: "b" },
  };
  assertEquals(differences(expected, found), [
    "gone is missing",
    "more is not in the manifest",
    "rows has 2 rows instead of 1",
    "values has other values",
  ]);
});
