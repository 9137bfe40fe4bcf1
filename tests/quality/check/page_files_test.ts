import { assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { findFiles } from "../../../etl/extract/files/saved.ts";
import { checkPages } from "../../../etl/quality/check/pages.ts";
import { suiteOf } from "../../../etl/quality/check/suite.ts";
import { ada, type Loose, pageOf } from "../../people.ts";
import { landed, rewrite } from "../../run/land/landed.ts";
import { temporary } from "../../temporary.ts";

const NOW = Date.parse("2022-06-01T00:00:00.000Z");

const people = (count: number): Loose[] => Array.from({ length: count }, () => ada());

Deno.test("truncated files and binary files count as failed pages", async () => {
  await using folder = await temporary();
  const gzipped = gzipSync(JSON.stringify(pageOf(people(50))));
  await Deno.writeFile(`${folder.path}/a.json.gz`, gzipped.subarray(0, gzipped.length - 20));
  await Deno.writeFile(`${folder.path}/b.json`, new Uint8Array([0x22, 0xff, 0x22]));
  await Deno.writeFile(`${folder.path}/c.json.gz`, gzipped);
  const files = await findFiles([folder.path]);
  const { outcomes, rows } = await checkPages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 3, people: 50 });
  assertEquals(outcomes[0]?.failed, 2);
});

Deno.test("in NDJSON, each page has its own line, and lines with single people form one page", async () => {
  await using folder = await temporary();
  const lines = [pageOf(people(3)), ...people(2)].map((line) => JSON.stringify(line));
  await Deno.writeFile(`${folder.path}/a.ndjson.gz`, gzipSync(lines.join("\n") + "\n"));
  const files = await findFiles([`${folder.path}/*.gz`]);
  const { rows, outcomes } = await checkPages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 2, people: 5 });
  const valid = outcomes.find(({ expectation: { name } }) => name === "people.valid");
  assertEquals([valid?.total, valid?.expectation.severity], [5, "warn"]);
});

Deno.test("missing and damaged pages of landed files fail", async () => {
  await using folder = await temporary();
  const request = { source: "synthetic", results: 40, pageSize: 10, seed: "s" };
  await landed(request, { out: folder.path, range: { from: 3, to: 4 } });
  await landed(request, { out: folder.path, range: { from: 2, to: 2 } });
  const path = `${folder.path}/pages-000002-000002.ndjson.gz`;
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, bytes.length - 20));
  const files = await findFiles([folder.path]);
  const { rows, outcomes } = await checkPages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 4, people: 20 });
  const { failed, sample } = outcomes[0]!;
  assertEquals([failed, sample], [2, [
    { page: "page 1 of 4", rule: "missing" },
    { page: path, rule: "landed" },
  ]]);
});

Deno.test("a landed page without one of its people fails, and the other pages are evaluated", async () => {
  await using folder = await temporary();
  const request = { source: "synthetic", results: 30, pageSize: 10, seed: "s" };
  const { files: [file] } = await landed(request, { out: folder.path });
  await rewrite(file!.path, (text) => text.split("\n").toSpliced(14, 1).join("\n"));
  const files = await findFiles([folder.path]);
  const { rows, outcomes } = await checkPages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows.pages, 3);
  const { failed, sample } = outcomes[0]!;
  assertEquals([failed, sample], [1, [{ page: `${file!.path}#2`, rule: "landed" }]]);
});
