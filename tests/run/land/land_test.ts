/**
 * Pages landed by one or many machines give the same tables as direct extraction.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { layout } from "../../../etl/load/dataset/paths.ts";
import { EXIT, SourceError, UsageError } from "../../../etl/common/errors.ts";
import { startMockApi } from "../../../etl/mock_api/server.ts";
import { extracted, savePages } from "../../extracted.ts";
import { fakeApi } from "../../fake_api.ts";
import { ada, pageOf } from "../../people.ts";
import { readTables } from "../../read_back.ts";
import { temporary } from "../../temporary.ts";
import { land } from "../../../etl/run/land/land.ts";
import { plan } from "../../../etl/run/plan.ts";
import { hashesUnder, tableHashes } from "../../project.ts";
import { landed, rewrite } from "./landed.ts";

/** A request with one batch of twelve pages and one batch of one page. */
const REQUEST = { source: "synthetic", results: 51_000, pageSize: 4000, seed: "land" } as const;

Deno.test("pages landed by many machines give byte-identical tables", async (t) => {
  await using folder = await temporary();
  const at = (name: string) => `${folder.path}/${name}`;
  await extracted(REQUEST, { root: at("direct") });
  const direct = await tableHashes(at("direct"));

  const single = await landed(REQUEST, { out: at("single") });
  await t.step("one machine lands the pages", async () => {
    assertEquals(single.files.map(({ from, to, people }) => [from, to, people]), [
      [1, 12, 48_000],
      [13, 13, 3000],
    ]);
    const { manifest } = await extracted({ source: at("single") }, { root: at("one") });
    assertEquals(manifest.requests, [{ source: at("single"), landed: "synthetic" }]);
    assertEquals(await tableHashes(at("one")), direct);
  });

  await t.step("many machines land ranges that cross batches, in any order", async () => {
    for (const [from, to] of [[11, 13], [1, 4], [5, 10]] as const) {
      const { run } = await landed(REQUEST, { out: at("many"), range: { from, to } });
      assertEquals(run, single.run);
    }
    await extracted({ source: at("many") }, { root: at("pods") });
    assertEquals(await tableHashes(at("pods")), direct);
  });

  await t.step(
    "a second run keeps complete files and rewrites others with the same bytes",
    async () => {
      const before = await hashesUnder(at("single"));
      const [first, second] = single.files.map(({ path }) => path) as [string, string];
      const bytes = await Deno.readFile(second);
      await Deno.writeFile(second, bytes.subarray(0, bytes.length / 2));
      await Deno.writeTextFile(`${first}.0badf00d.partial`, "killed");
      await Deno.writeTextFile(`${second}.0badf00d.partial`, "killed");
      const again = await landed(REQUEST, { out: at("single") });
      assertEquals(again.files.map(({ kept }) => kept), [true, false]);
      await Deno.remove(`${first}.0badf00d.partial`);
      assertEquals(await hashesUnder(at("single")), before);
    },
  );
});

Deno.test("saved pages with any info, and pages without people, are landed", async () => {
  await using folder = await temporary();
  const pages = [
    pageOf([ada(), ada({ email: "luk'yan@example.com", gender: "nobody" })], { page: 7 }),
    [ada({ "name.first": "Bare" })],
    pageOf([], { results: 0 }),
    ada({ "name.first": "Single" }),
    pageOf([ada({ "name.first": "Third", "id.value": null, "id.name": "" })], { version: "1.3" }),
    pageOf([ada({ nat: "MX", "location.country": "Mexico" })], { version: "1.3" }),
    { results: ["no person", null, [], 5, {}, ada({ "login.uuid": "none" })] },
  ];
  const source = await savePages(folder.path, pages);
  const at = (name: string) => `${folder.path}/${name}`;
  const direct = await extracted({ source }, { root: at("direct") });
  await landed({ source }, { out: at("raw") });
  const { manifest } = await extracted({ source: at("raw") }, { root: at("landed") });
  assertEquals(manifest.requests[0]?.["landed"], undefined);
  assertEquals(manifest.people, direct.manifest.people);
  assertEquals(await tableHashes(at("landed")), await tableHashes(at("direct")));
});

Deno.test("lone surrogates are rejected as before, and no landed file contains them", async () => {
  await using folder = await temporary();
  const half = "x\ud83dy \\ud83d";
  const source = await savePages(folder.path, [
    pageOf([ada(), ada({ city: 1, "location.city": half }), ada({ "name.last": "a\\ud83d 😀" })]),
  ]);
  const out = `${folder.path}/raw`;
  const { files: [file] } = await landed({ source }, { out });
  const { causes: direct } = await extracted({ source }, { root: `${folder.path}/direct` });
  const { causes } = await extracted({ source: out }, { root: `${folder.path}/landed` });
  assertEquals(
    causes.map(({ first: { page: _, ...first } }) => first),
    [
      { ...direct[0]!.first, page: undefined },
    ].map(({ page: _, ...first }) => first),
  );
  assertEquals(
    await tableHashes(`${folder.path}/landed`),
    await tableHashes(`${folder.path}/direct`),
  );
  await rewrite(file!.path, (text) => {
    assert(!/(?<!\\)\\ud/.test(text.replaceAll("\\\\", "")), "a lone surrogate is written");
    return text;
  });
});

Deno.test("missing, repeated and damaged pages, and those of another request, are refused", async (t) => {
  await using folder = await temporary();
  const requested = { source: "synthetic", results: 60, pageSize: 10, seed: "s" };
  const cases: Record<string, (out: string) => Promise<unknown>> = {
    "it lacks pages 2-3 of": () => Promise.resolve(),
    "it lacks pages 2-3, 6 of": (out) => Deno.remove(`${out}/pages-000006-000006.ndjson.gz`),
    "page 1 is in ": async (out) => {
      const { files: [file] } = await landed(requested, {
        out: `${out}/t`,
        range: { from: 1, to: 3 },
      });
      await Deno.rename(file!.path, file!.path.replace("/t/", "/"));
    },
    "another request": async (out) => {
      await landed({ ...requested, seed: "t" }, { out: `${out}/t`, range: { from: 2, to: 3 } });
      const name = "pages-000002-000003.ndjson.gz";
      await Deno.rename(`${out}/t/${name}`, `${out}/${name}`);
    },
    "damaged after line": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      const bytes = await Deno.readFile(file!.path);
      await Deno.writeFile(file!.path, bytes.subarray(0, bytes.length - 20));
    },
    "page 3 is not in it": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      await rewrite(file!.path, (text) => text.split("\n").slice(0, 10).join("\n") + "\n");
    },
    "page 2 has 9 of 10 people": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      await rewrite(file!.path, (text) => text.split("\n").toSpliced(9, 1).join("\n"));
    },
    "page 2 lacks row 3": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      await rewrite(file!.path, (text) => text.split("\n").toSpliced(3, 1).join("\n"));
    },
    "line 4 is not a line that land writes": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      await rewrite(file!.path, (text) => text.split("\n").toSpliced(3, 1, "{}").join("\n"));
    },
    "its last line is cut off": async (out) => {
      const { files: [file] } = await landed(requested, { out, range: { from: 2, to: 3 } });
      await rewrite(file!.path, (text) => text.slice(0, -5));
    },
  };
  for (const [at, [says, breaks]] of Object.entries(cases).entries()) {
    await t.step(says, async () => {
      const out = `${folder.path}/${at}`;
      await landed(requested, { out, range: { from: 1, to: 1 } });
      await landed(requested, { out, range: { from: 4, to: 5 } });
      await landed(requested, { out, range: { from: 6, to: 6 } });
      await breaks(out);
      const run = () => extracted({ source: out }, { root: `${folder.path}/tables` });
      const error = await assertRejects(run, SourceError, says);
      assertEquals<number>(error.status, EXIT.source);
      assert(error.next !== undefined);
      // The message of the JSON parser would quote a person.
      assert(!/example\.com/.test(error.message), error.message);
    });
  }
});

Deno.test("land refuses invalid ranges and folders of another request", async () => {
  await using folder = await temporary();
  const requested = { source: "synthetic", results: 30, pageSize: 10, seed: "s" };
  const out = `${folder.path}/raw`;
  const refused = (says: string, more: object, range?: { from: number; to: number }) =>
    assertRejects(() => landed({ ...requested, ...more }, { out, range }), UsageError, says);
  await landed(requested, { out, range: { from: 1, to: 1 } });
  await refused("belongs to another request", { seed: "other" });
  await refused("belongs to another request", { pageSize: 15 });
  await refused("Cannot land pages 3-4: the request has 3 pages", {}, { from: 3, to: 4 });
  await refused("Cannot land pages 3-2", {}, { from: 3, to: 2 });
  await refused("pages-000001-000001.ndjson.gz contains some of them", {});
  await landed(requested, { out, range: { from: 2, to: 3 } });
  for (
    const [source, range] of [[out, { from: 1, to: 1 }], [[out, "data/sample/pages"]]] as const
  ) {
    await assertRejects(
      () => landed({ source }, { out: `${out}/again`, range }),
      UsageError,
      "complete and without other pages",
    );
  }
});

Deno.test("a stopped run resumes with the same seed and fetches no page twice", async () => {
  await using api = await startMockApi({ limit: 0 });
  await using folder = await temporary();
  const requested = { source: "api", api: api.url, results: 50, pageSize: 10 };
  const out = `${folder.path}/raw`;
  const stop = new AbortController();
  let pages = 0;
  const fetch: typeof globalThis.fetch = (...args) => {
    if (pages++ === 3) stop.abort();
    return globalThis.fetch(...args);
  };
  await assertRejects(
    () => landed(requested, { out, fetch, signal: stop.signal }),
    DOMException,
  );
  const { request, files } = await landed(requested, { out });
  const completed = api.requests.filter(({ outcome }) => outcome === "completed");
  assertEquals(completed.map(({ page }) => page), [1, 2, 3, 4, 5]);
  assertEquals(Object.keys(await hashesUnder(out)), ["pages-000001-000005.ndjson.gz"]);

  // A request without a seed uses the seed of the folder.
  const before = api.requests.length;
  const again = await landed(requested, { out });
  assertEquals(again.request, request);
  assertEquals(again.files, files.map((file) => ({ ...file, kept: true })));
  assertEquals(api.requests.length, before);

  await extracted({ source: out }, { root: `${folder.path}/landed` });
  const direct = { ...requested, seed: String(request["seed"]) };
  await extracted(direct, { root: `${folder.path}/direct` });
  assertEquals(
    await readTables(layout(`${folder.path}/landed`).tables),
    await readTables(layout(`${folder.path}/direct`).tables),
  );
  await assertRejects(
    () => landed(requested, { out: `${folder.path}/some`, range: { from: 2, to: 3 } }),
    UsageError,
    "without a seed",
  );
});

Deno.test("pages with the same people from two machines are refused by extract", async () => {
  await using folder = await temporary();
  const out = `${folder.path}/raw`;
  await using api = fakeApi((query) => {
    // Page 3 of the API has the people of page 1.
    const page = Number(query.get("page"));
    const people = [0, 1].map((row) => ada({ "name.first": `No ${page % 2}.${row}` }));
    return Response.json(pageOf(people, { page, seed: "s" }));
  });
  const requested = { source: "api", api: api.url, results: 6, pageSize: 2, seed: "s" };
  await landed(requested, { out, range: { from: 1, to: 2 } });
  await landed(requested, { out, range: { from: 3, to: 3 } });
  const run = () => extracted({ source: out }, { root: `${folder.path}/tables` });
  const error = await assertRejects(run, SourceError, "rule repeat");
  assert(error.message.includes("000003-000003.ndjson.gz#3"), error.message);
});

Deno.test("any number of workers writes the same files and counts every person", async () => {
  await using folder = await temporary();
  const { source } = await plan({ source: "synthetic", results: 60, pageSize: 10, seed: "s" });
  const pages = source.batches.flatMap(({ pages }) => pages);
  const batches = pages.map((page, index) => ({ index, pages: [page] }));
  const written = [];
  for (const workers of [1, 2, 3]) {
    const out = `${folder.path}/${workers}`;
    let counted = 0;
    const onPeople = (people: number) => void (counted += people);
    const { files } = await land({ ...source, batches }, { out, workers, onPeople });
    assertEquals({ counted, files: files.map(({ from }) => from) }, {
      counted: 60,
      files: [1, 2, 3, 4, 5, 6],
    });
    written.push(await hashesUnder(out));
  }
  assertEquals(Object.keys(written[0]!).length, 6);
  assertEquals([written[1], written[2]], [written[0], written[0]]);
});
