import { assert, assertEquals, assertRejects } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { plan } from "../../etl/run/plan.ts";
import { spooled } from "../../etl/run/spool.ts";
import { PageError } from "../../etl/extract/pages/page.ts";
import { ada, pageOf } from "../people.ts";
import { temporary } from "../temporary.ts";

const SECRET = "pl4nted-secret";

const PEOPLE = Array.from({ length: 5002 }, (_, at) =>
  ada({
    email: `ada.${at}@example.com`,
    "login.password": SECRET,
    "login.salt": SECRET,
    "login.md5": SECRET,
    note: SECRET,
  }));

function input(text: string): AsyncIterable<Uint8Array<ArrayBuffer>> {
  return new Blob([text]).stream();
}

const LINES = PEOPLE.map((person) => `${JSON.stringify(person)}\n`).join("");

Deno.test("piped input is saved without secrets, in pages that fit into memory", async () => {
  await using folder = await temporary();
  const page = JSON.stringify(pageOf(PEOPLE.slice(0, 3), { seed: "piped", page: 7 }));
  const { source } = await plan({ source: "-" }, { input: input(LINES + page) });
  const { batches, request } = await spooled(source, `${folder.path}/pages`);
  const pages = batches.flatMap(({ pages }) => pages);
  assertEquals(
    pages.map((page) => page.kind === "file" && [page.label, page.people]),
    [["stdin", 5000], ["stdin#5001", 2], ["stdin#5003", 3]],
  );
  assertEquals(request, { source: "-" });
  const texts: string[] = [];
  for await (const { name } of Deno.readDir(`${folder.path}/pages`)) {
    const bytes = await Deno.readFile(`${folder.path}/pages/${name}`);
    texts.push(new TextDecoder().decode(gunzipSync(bytes)));
  }
  assertEquals(texts.length, 3);
  assert(
    texts.every((text) => text.includes("ada.1@example") || text.includes("ada.5001@example")),
  );
  assert(!texts.join("").includes(SECRET));
});

Deno.test("equal streams have equal fingerprints, and different streams different ones", async () => {
  await using folder = await temporary();
  const fingerprint = async (text: string) => {
    const { source } = await plan({ source: "-" }, { input: input(text) });
    return (await spooled(source, folder.path)).fingerprint;
  };
  const first = await fingerprint(LINES);
  assertEquals(await fingerprint(LINES), first);
  assert(await fingerprint(LINES.replace("Exampleton", "Elsewhere")) !== first);
});

Deno.test("a source without streams is not changed and writes nothing", async () => {
  await using folder = await temporary();
  const { source } = await plan({ source: "sample" });
  assertEquals(await spooled(source, `${folder.path}/pages`), source);
  assertEquals(await Array.fromAsync(Deno.readDir(folder.path)), []);
});

const BROKEN: Readonly<Record<string, readonly [text: string, says: string]>> = {
  "a truncated line": [
    LINES.slice(0, -40),
    `stdin#5002: not JSON: it ends too early, inside an object, at line 5002, column ${
      LINES.length - 40 - LINES.slice(0, -1).lastIndexOf("\n")
    }`,
  ],
  "a truncated list": [
    `[${LINES.slice(0, -1).replaceAll("\n", ",\n")},`,
    "inside a list, at line 5002",
  ],
  "an empty stream": ["", "stdin: not JSON: it is empty, at line 1, column 1"],
  "an HTML page": ["<html>", "stdin: not JSON: an HTML page, at line 1, column 1"],
};

for (const [name, [text, says]] of Object.entries(BROKEN)) {
  Deno.test(`${name} is an error with its line in the stream`, async () => {
    await using folder = await temporary();
    const { source } = await plan({ source: "-" }, { input: input(text) });
    await assertRejects(() => spooled(source, folder.path), PageError, says);
  });
}
