import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals } from "@std/assert";
import { writeSample } from "../../etl/run/sample.ts";
import { readSaved } from "../../etl/extract/files/local.ts";
import { temporary } from "../temporary.ts";

const SAMPLE = pathOfUrl(new URL("../../data/sample", import.meta.url));

/** Hashes the files below a folder, by path. */
async function hashes(folder: string, below = ""): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    const path = `${below}${name}`;
    if (isDirectory) {
      for (const [file, hash] of await hashes(folder, `${path}/`)) found.set(file, hash);
    } else {
      const digest = await crypto.subtle.digest(
        "SHA-256",
        await Deno.readFile(`${folder}/${path}`),
      );
      found.set(path, new Uint8Array(digest).toHex());
    }
  }
  return new Map([...found].sort());
}

Deno.test("the committed sample equals the output of `deno task sample`", async () => {
  await using folder = await temporary();
  await writeSample(folder.path);
  for (const part of ["pages/", "tables/"]) {
    assertEquals(
      await hashes(SAMPLE, part),
      await hashes(folder.path, part),
      "The sample is stale: run deno task sample",
    );
  }
});

Deno.test("the sample has 1,000 people with the API's quirks and is small", async () => {
  const pages = await Promise.all(
    [1, 2].map((n) => readSaved(`${SAMPLE}/pages/page-${n}.json.gz`)),
  );
  const text = pages.join("\n");
  const people = pages.flatMap((page) => JSON.parse(page).results);
  assertEquals(people.length, 1000);
  assertEquals(new Set(people.map(({ nat }) => nat)).size, 21);
  const quirks = {
    "empty street": /"number":\d+,"name":""/,
    "city in quotes": /"city":"[^,]*\\"/,
    "negative zero": /"-0\.0000"/,
    "postcode with a leading zero": /"postcode":"0/,
    "postcode as a number": /"postcode":\d/,
    "joiner of Arabic script": /\u200c/,
    "leading apostrophe": /"email":"'/,
    "doubled dots": /"email":"[^"]*\.\./,
    "trailing space": / "/,
    "no id": /"id":\{"name":"","value":null\}/,
    "id of Finland": /"NaNNA\w*undefined"/,
    "born before 1970": /"dob":\{"date":"19[0-6]/,
  };
  for (const [name, pattern] of Object.entries(quirks)) assert(pattern.test(text), name);
  assert(!/"(password|salt|md5|sha1)"/.test(text), "secrets in the sample");
  let bytes = 0;
  for (const file of (await hashes(SAMPLE)).keys()) {
    bytes += (await Deno.stat(`${SAMPLE}/${file}`)).size;
  }
  assert(bytes < 2_500_000, `${bytes} bytes`);
});
