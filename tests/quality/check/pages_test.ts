import { assert, assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import {
  type Expectation,
  expectation,
  type Spec,
} from "../../../etl/quality/check/expectation.ts";
import type { Outcome } from "../../../etl/quality/check/outcome.ts";
import { findFiles } from "../../../etl/extract/files/find.ts";
import { judgePages } from "../../../etl/quality/check/pages.ts";
import { suiteOf } from "../../../etl/quality/check/suite.ts";
import { SourceError } from "../../../etl/common/errors.ts";
import { assertRejects } from "@std/assert";
import { landed } from "../../run/land/landed.ts";
import { ada, type Loose, pageOf } from "../../people.ts";
import { temporary } from "../../temporary.ts";

const NOW = Date.parse("2022-06-01T00:00:00.000Z");

/** People of both genders, each another. */
function people(count: number): Loose[] {
  return Array.from({ length: count }, (_, at) =>
    ada({
      gender: at % 2 ? "male" : "female",
      email: `ada.${at}@example.com`,
      "location.street.number": 10 + at,
      "location.coordinates.latitude": `${at % 60}.0000`,
      "dob.date": `${1950 + at % 40}-02-03T05:06:07.089Z`,
      "registered.date": "2022-05-31T00:00:00.000Z",
    }));
}

async function judged(
  pages: readonly unknown[],
  expectations: readonly Expectation[],
): Promise<readonly Outcome[]> {
  await using folder = await temporary();
  for (const [at, page] of pages.entries()) {
    const text = typeof page === "string" ? page : JSON.stringify(page);
    await Deno.writeTextFile(`${folder.path}/page-${at}.json`, text);
  }
  const files = await findFiles([folder.path]);
  const baseline = { at: "2022-05-01", profile: { "people.gender": { female: 50, male: 50 } } };
  return (await judgePages(expectations, { files, now: NOW, baseline })).outcomes;
}

interface Case {
  readonly spec: object;
  /** Breaks two of sixty people where a number of them is given. */
  readonly ruin: (people: Loose[]) => void;
  readonly failed?: number;
}

const two = (change: (person: Loose) => void) => (people: Loose[]) =>
  people.slice(0, 2).forEach(change);

const CASES: readonly Case[] = [
  {
    spec: { kind: "not_null", column: "location.city" },
    ruin: (people) => {
      delete people[0].location.city;
      people[1].location = null;
    },
    failed: 2,
  },
  {
    spec: { kind: "unique", column: "email" },
    ruin: two((person) => person.email = "same"),
    failed: 2,
  },
  {
    spec: { kind: "compound_unique", columns: ["email", "gender"] },
    ruin: two((person) => Object.assign(person, { email: "same", gender: "female" })),
    failed: 2,
  },
  {
    spec: { kind: "in_set", column: "gender", values: ["female", "male"] },
    ruin: two((person) => person.gender = "unknown"),
    failed: 2,
  },
  {
    spec: { kind: "matches", column: "email", pattern: /^[^\s@]+@[^\s@]+$/ },
    ruin: two((person) => person.email = "nobody"),
    failed: 2,
  },
  {
    spec: { kind: "between", column: "location.coordinates.latitude", min: -90, max: 90 },
    ruin: (people) => {
      people[0].location.coordinates.latitude = "90.0001";
      people[1].location.coordinates.latitude = "north";
    },
    failed: 2,
  },
  {
    spec: { kind: "between", column: "dob.date", min: "1930-01-01T00:00:00.000Z" },
    ruin: (people) => {
      people[0].dob.date = "1929-12-31T23:59:59.999Z";
      people[1].dob.date = "long ago";
    },
    failed: 2,
  },
  {
    spec: { kind: "length", column: "location.city", min: 1, max: 10 },
    ruin: (people) => {
      people[0].location.city = "";
      people[1].location.city = "é".repeat(11);
    },
    failed: 2,
  },
  {
    spec: { kind: "type", column: "location.street.number", type: "integer" },
    ruin: (people) => {
      people[0].location.street.number = "12";
      people[1].location.street.number = 1.5;
    },
    failed: 2,
  },
  {
    spec: { kind: "row_count_between", max: 60 },
    ruin: (people) => void people.push(ada()),
  },
  {
    spec: { kind: "fresh", days: 7, column: "registered.date" },
    ruin: (people) =>
      people.forEach((person) => person.registered.date = "2021-01-01T00:00:00.000Z"),
  },
  {
    spec: { kind: "mean_between", column: "location.street.number", min: 30, max: 50 },
    ruin: two((person) => person.location.street.number = 99999),
  },
  {
    spec: {
      kind: "quantile_between",
      column: "dob.date",
      quantile: 0.5,
      min: "1960-01-01T00:00:00.000Z",
      max: "1970-12-31T00:00:00.000Z",
    },
    ruin: (people) => people.forEach((person) => person.dob.date = "2000-01-01T00:00:00.000Z"),
  },
  {
    spec: { kind: "proportion_unique_between", column: "email", min: 0.99, max: 1 },
    ruin: two((person) => person.email = "same"),
  },
  {
    spec: { kind: "no_drift", column: "gender", significance: 0.001 },
    ruin: (people) => people.forEach((person) => person.gender = "male"),
  },
  {
    spec: { kind: "valid" },
    ruin: two((person) => person.login.sha256 = "short"),
    failed: 2,
  },
  {
    spec: { kind: "holds", holds: (person: Loose) => person.name.first !== person.name.last },
    ruin: two((person) => person.name.last = person.name.first),
    failed: 2,
  },
];

for (const { spec, ruin, failed } of CASES) {
  const { kind, column = "" } = spec as { kind: string; column?: string };
  Deno.test(`${kind} ${column} passes on good pages and fails on bad ones`, async () => {
    const common = { name: "it", table: "people", description: "It holds" };
    const one = expectation({ ...common, ...spec } as unknown as Spec);
    const [good] = await judged([pageOf(people(60))], [one]);
    assertEquals([good?.verdict, good?.reason], ["passed", undefined]);
    const bad = people(60);
    ruin(bad);
    const [found] = await judged([pageOf(bad)], [one]);
    assertEquals([found?.verdict, found?.reason], ["failed", undefined]);
    if (failed !== undefined) assertEquals(found?.failed, failed);
  });
}

Deno.test("pages that are none, or came twice, are found", async () => {
  const page = pageOf(people(3));
  const suite = suiteOf("pages").filter(({ table }) => table === "pages");
  const good = await judged([page, pageOf(people(4))], suite);
  assertEquals(good.map(({ verdict }) => verdict), ["passed", "passed"]);
  const bad = await judged(
    [page, page, "{", { error: "Uh oh" }, pageOf([], { results: 7 })],
    suite,
  );
  assertEquals(bad.map(({ verdict, failed, total }) => [verdict, failed, total]), [
    ["failed", 3, 5],
    ["failed", 2, 2],
  ]);
  assertEquals(bad[0]?.sample?.map(({ rule }) => rule), ["json", "error", "empty"]);
});

Deno.test("files that are no text, or broken off, are pages that are none", async () => {
  await using folder = await temporary();
  const whole = gzipSync(JSON.stringify(pageOf(people(50))));
  await Deno.writeFile(`${folder.path}/a.json.gz`, whole.subarray(0, whole.length - 20));
  await Deno.writeFile(`${folder.path}/b.json`, new Uint8Array([0x22, 0xff, 0x22]));
  await Deno.writeFile(`${folder.path}/c.json.gz`, whole);
  const files = await findFiles([folder.path]);
  const { outcomes, rows } = await judgePages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 3, people: 50 });
  assertEquals(outcomes[0]?.failed, 2);
});

Deno.test("lines of NDJSON are pages, or people who are one page together", async () => {
  await using folder = await temporary();
  const lines = [pageOf(people(3)), ...people(2)].map((line) => JSON.stringify(line));
  await Deno.writeFile(`${folder.path}/a.ndjson.gz`, gzipSync(lines.join("\n") + "\n"));
  const files = await findFiles([`${folder.path}/*.gz`]);
  const { rows, outcomes } = await judgePages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 2, people: 5 });
  const valid = outcomes.find(({ expectation: { name } }) => name === "people.valid");
  assertEquals([valid?.total, valid?.expectation.severity], [5, "warn"]);
});

Deno.test("landed files are the pages they are named after; what is missing or damaged is none", async () => {
  await using folder = await temporary();
  const wanted = { source: "synthetic", results: 40, pageSize: 10, seed: "s" };
  await landed(wanted, { out: folder.path, range: { from: 3, to: 4 } });
  await landed(wanted, { out: folder.path, range: { from: 2, to: 2 } });
  const path = `${folder.path}/pages-000002-000002.ndjson.gz`;
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, bytes.length - 20));
  const files = await findFiles([folder.path]);
  const { rows, outcomes } = await judgePages(suiteOf("pages"), { files, now: NOW });
  assertEquals(rows, { pages: 4, people: 20 });
  const { failed, sample } = outcomes[0]!;
  assertEquals([failed, sample], [2, [
    { page: "pages 1 of 4", rule: "missing" },
    { page: path, rule: "landed" },
  ]]);
});

Deno.test("kinds that need tables cannot be asked of pages", async () => {
  const of = (spec: object) =>
    expectation(
      { name: "it", table: "people", description: "It holds", ...spec } as unknown as Spec,
    );
  const outcomes = await judged([pageOf(people(1))], [
    of({ kind: "violations", sql: "select 1" }),
    of({ kind: "foreign_key", column: "nat", references: "countries" }),
    of({ kind: "no_drift", column: "email", significance: 0.001 }),
    of({ kind: "matches", column: "email", pattern: /a/g }),
  ]);
  assert(outcomes.every(({ verdict, reason }) => verdict === "broken" && reason !== undefined));
});

Deno.test("a folder without pages says so", async () => {
  await using folder = await temporary();
  await assertRejects(() => findFiles([folder.path]), SourceError, "Cannot find saved pages");
});

Deno.test("with too few or too many people a share is not judged", async () => {
  const of = (rows: object) =>
    expectation(
      {
        name: "it",
        table: "people",
        description: "It holds",
        kind: "in_set",
        column: "gender",
        values: ["nobody"],
        rows,
      } as unknown as Spec,
    );
  const outcomes = await judged([pageOf(people(60))], [
    of({ min: 61 }),
    of({ max: 59 }),
    of({ min: 60, max: 60 }),
  ]);
  assertEquals(outcomes.map(({ verdict, reason }) => [verdict, reason]), [
    ["skipped", "60 rows, judged from 61 on"],
    ["skipped", "60 rows, judged up to 59"],
    ["failed", undefined],
  ]);
});
