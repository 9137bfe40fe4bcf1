import { assertEquals } from "@std/assert";
import { pathOfUrl } from "../../etl/common/path.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { type Encoding, extractSaved, type Saved, type Shape } from "./shapes.ts";

const REAL = pathOfUrl(new URL("../../../shared/real/", import.meta.url));

function synthetic(results: number): unknown[] {
  const pages = Math.ceil(results / 5000);
  return Array.from({ length: pages }, (_, at) => {
    const request = { seed: "shapes", page: at + 1, version: "1.4" } as const;
    return JSON.parse(syntheticPage({ ...request, results: Math.min(results, 5000) })).results;
  }).flat();
}

/** Reads real people if their folder is next to the project, else generates some. */
async function people(): Promise<unknown[]> {
  try {
    const pages = await Promise.all(
      [1, 2].map((page) => Deno.readTextFile(`${REAL}v1.4-page${page}.json`)),
    );
    return pages.flatMap((page) => JSON.parse(page).results).slice(0, 3000);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return synthetic(3000);
  }
}

const PEOPLE = await people();
const { hashes: EXPECTED } = await extractSaved(PEOPLE, { shape: "page" });

const CASES: readonly Saved[] = [
  { shape: "page", gzip: true },
  { shape: "page", name: "people.json.gz" },
  { shape: "page", encoding: "UTF-16LE" },
  { shape: "page", encoding: "UTF-8 with a byte order mark", as: "stdin" },
  { shape: "page", files: 3, as: "folder" },
  { shape: "page", files: 3, gzip: true, as: "glob" },
  { shape: "page without info", encoding: "UTF-16BE" },
  { shape: "indented page", encoding: "UTF-8 with CRLF" },
  { shape: "indented page", encoding: "UTF-16LE", gzip: true, name: "people.txt" },
  { shape: "indented page", as: "stdin", gzip: true },
  { shape: "list of people" },
  { shape: "list of people", encoding: "UTF-8 with a byte order mark", files: 2 },
  { shape: "list of people", encoding: "UTF-16LE", as: "stdin" },
  { shape: "list of pages", encoding: "UTF-8 with CRLF", gzip: true },
  { shape: "list of pages", encoding: "UTF-16BE", as: "stdin", gzip: true },
  { shape: "people by line", name: "people.ndjson" },
  { shape: "people by line", encoding: "UTF-8 with CRLF" },
  { shape: "people by line", encoding: "UTF-16LE", gzip: true },
  { shape: "people by line", name: "people.jsonl.gz", gzip: true, files: 4, as: "folder" },
  { shape: "people by line", as: "stdin" },
  { shape: "people as jq prints them" },
  { shape: "people as jq prints them", encoding: "UTF-16BE", as: "stdin" },
  { shape: "pages by line", name: "pages.ndjson" },
  { shape: "pages by line", encoding: "UTF-8 with CRLF", gzip: true, as: "stdin" },
  { shape: "pages without breaks", gzip: true },
  { shape: "pages without breaks", files: 2, as: "glob" },
  { shape: "pages joined with their marks" },
  { shape: "pages joined with their marks", encoding: "UTF-16LE", as: "stdin" },
  { shape: "lists by line", encoding: "UTF-16LE" },
  { shape: "wrapped page", path: "data" },
  { shape: "wrapped page", path: "data.results", encoding: "UTF-16BE", gzip: true },
  { shape: "wrapped page", path: "data.results", files: 2, as: "folder" },
  { shape: "wrapped people by line", path: "data", encoding: "UTF-8 with CRLF" },
  { shape: "wrapped people by line", path: "data", gzip: true, as: "stdin" },
  { shape: "wrapped list of wrapped people", path: "hits.hits._source" },
];

function titleOf({ shape, encoding = "UTF-8", gzip, files = 1, as = "files", name, path }: Saved) {
  const more = [gzip && "gzip", files > 1 && `${files} files`, as, name, path && `path ${path}`];
  return [shape, encoding, ...more].filter(Boolean).join(", ");
}

for (const saved of CASES) {
  Deno.test(`the same people give the same tables: ${titleOf(saved)}`, async () => {
    const { people, hashes, staging } = await extractSaved(PEOPLE, saved);
    assertEquals(people, PEOPLE.length);
    assertEquals(hashes, EXPECTED);
    assertEquals(staging, []);
  });
}

Deno.test("the cases cover all shapes and encodings", () => {
  const shapes = new Set<Shape>(["page", ...CASES.map(({ shape }) => shape)]);
  const encodings = new Set<Encoding>(CASES.map(({ encoding = "UTF-8" }) => encoding));
  assertEquals([shapes.size, encodings.size], [14, 5]);
});

Deno.test("files that are read in parts give the same tables as complete reads", async () => {
  const many = synthetic(20_000);
  const { hashes } = await extractSaved(many, { shape: "people by line", files: 2 });
  for (
    const saved of [
      { shape: "people by line" },
      { shape: "people by line", encoding: "UTF-8 with a byte order mark" },
      { shape: "list of people" },
      { shape: "list of pages" },
      { shape: "pages without breaks" },
      { shape: "wrapped people by line", path: "data" },
      { shape: "people by line", gzip: true },
      { shape: "people by line", encoding: "UTF-16LE" },
      { shape: "page", as: "stdin" },
    ] as const satisfies readonly Saved[]
  ) {
    const found = await extractSaved(many, saved);
    assertEquals([found.people, found.hashes], [20_000, hashes], titleOf(saved));
  }
});
