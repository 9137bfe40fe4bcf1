import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Expectation,
  expectation,
  type Spec,
} from "../../../etl/quality/check/expectation.ts";
import type { Outcome } from "../../../etl/quality/check/outcome.ts";
import { findFiles } from "../../../etl/extract/files/saved.ts";
import { checkPages } from "../../../etl/quality/check/pages.ts";
import { suiteOf } from "../../../etl/quality/check/suite.ts";
import { SourceError } from "../../../etl/common/errors.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { ada, type Loose, pageOf } from "../../people.ts";
import { temporary } from "../../temporary.ts";

const NOW = Date.parse("2022-06-01T00:00:00.000Z");

/** Makes different people of both genders. */
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

async function evaluated(
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
  return (await checkPages(expectations, { files, now: NOW, baseline })).outcomes;
}

interface Case {
  readonly spec: object;
  /** Breaks two of sixty people if `failed` is given. */
  readonly damage: (people: Loose[]) => void;
  readonly failed?: number;
}

const two = (change: (person: Loose) => void) => (people: Loose[]) =>
  people.slice(0, 2).forEach(change);

const CASES: readonly Case[] = [
  {
    spec: { kind: "not_null", column: "location.city" },
    damage: (people) => {
      delete people[0].location.city;
      people[1].location = null;
    },
    failed: 2,
  },
  {
    spec: { kind: "unique", column: "email" },
    damage: two((person) => person.email = "same"),
    failed: 2,
  },
  {
    spec: { kind: "compound_unique", columns: ["email", "gender"] },
    damage: two((person) => Object.assign(person, { email: "same", gender: "female" })),
    failed: 2,
  },
  {
    spec: { kind: "in_set", column: "gender", values: ["female", "male"] },
    damage: two((person) => person.gender = "unknown"),
    failed: 2,
  },
  {
    spec: { kind: "matches", column: "email", pattern: /^[^\s@]+@[^\s@]+$/ },
    damage: two((person) => person.email = "nobody"),
    failed: 2,
  },
  {
    spec: { kind: "between", column: "location.coordinates.latitude", min: -90, max: 90 },
    damage: (people) => {
      people[0].location.coordinates.latitude = "90.0001";
      people[1].location.coordinates.latitude = "north";
    },
    failed: 2,
  },
  {
    spec: { kind: "between", column: "dob.date", min: "1930-01-01T00:00:00.000Z" },
    damage: (people) => {
      people[0].dob.date = "1929-12-31T23:59:59.999Z";
      people[1].dob.date = "long ago";
    },
    failed: 2,
  },
  {
    spec: { kind: "length", column: "location.city", min: 1, max: 10 },
    damage: (people) => {
      people[0].location.city = "";
      people[1].location.city = "é".repeat(11);
    },
    failed: 2,
  },
  {
    spec: { kind: "type", column: "location.street.number", type: "integer" },
    damage: (people) => {
      people[0].location.street.number = "12";
      people[1].location.street.number = 1.5;
    },
    failed: 2,
  },
  {
    spec: { kind: "row_count_between", max: 60 },
    damage: (people) => void people.push(ada()),
  },
  {
    spec: { kind: "fresh", days: 7, column: "registered.date" },
    damage: (people) =>
      people.forEach((person) => person.registered.date = "2021-01-01T00:00:00.000Z"),
  },
  {
    spec: { kind: "mean_between", column: "location.street.number", min: 30, max: 50 },
    damage: two((person) => person.location.street.number = 99999),
  },
  {
    spec: {
      kind: "quantile_between",
      column: "dob.date",
      quantile: 0.5,
      min: "1960-01-01T00:00:00.000Z",
      max: "1970-12-31T00:00:00.000Z",
    },
    damage: (people) => people.forEach((person) => person.dob.date = "2000-01-01T00:00:00.000Z"),
  },
  {
    spec: { kind: "proportion_unique_between", column: "email", min: 0.99, max: 1 },
    damage: two((person) => person.email = "same"),
  },
  {
    spec: { kind: "no_drift", column: "gender", significance: 0.001 },
    damage: (people) => people.forEach((person) => person.gender = "male"),
  },
  {
    spec: { kind: "valid" },
    damage: two((person) => person.login.sha256 = "short"),
    failed: 2,
  },
  {
    spec: { kind: "holds", holds: (person: Loose) => person.name.first !== person.name.last },
    damage: two((person) => person.name.last = person.name.first),
    failed: 2,
  },
];

for (const { spec, damage, failed } of CASES) {
  const { kind, column = "" } = spec as { kind: string; column?: string };
  Deno.test(`${kind} ${column} passes on good pages and fails on bad ones`, async () => {
    const common = { name: "it", table: "people", description: "It holds" };
    const one = expectation({ ...common, ...spec } as unknown as Spec);
    const [good] = await evaluated([pageOf(people(60))], [one]);
    assertEquals([good?.verdict, good?.reason], ["passed", undefined]);
    const bad = people(60);
    damage(bad);
    const [found] = await evaluated([pageOf(bad)], [one]);
    assertEquals([found?.verdict, found?.reason], ["failed", undefined]);
    if (failed !== undefined) assertEquals(found?.failed, failed);
  });
}

Deno.test("a predicate that does not return true fails", async () => {
  const common = { name: "it", table: "people", description: "It holds", kind: "holds" } as const;
  for (const holds of [() => undefined, () => Promise.resolve(true)]) {
    const one = expectation({ ...common, holds } as unknown as Spec);
    assertEquals((await evaluated([pageOf(people(1))], [one]))[0]?.verdict, "failed");
  }
});

Deno.test("broken and repeated pages are found", async () => {
  const page = pageOf(people(3));
  const suite = suiteOf("pages").filter(({ table }) => table === "pages");
  const good = await evaluated([page, pageOf(people(4))], suite);
  assertEquals(good.map(({ verdict }) => verdict), ["passed", "passed"]);
  const bad = await evaluated(
    [page, page, "{", { error: "Uh oh" }, pageOf([], { results: 7 })],
    suite,
  );
  assertEquals(bad.map(({ verdict, failed, total }) => [verdict, failed, total]), [
    ["failed", 3, 5],
    ["failed", 2, 2],
  ]);
  assertEquals(bad[0]?.sample?.map(({ rule }) => rule), ["json", "error", "empty"]);
});

Deno.test("the byte scanner gives the same outcomes as the parser", async () => {
  const page = JSON.parse(syntheticPage({ seed: "c", page: 1, results: 1200, version: "1.4" }));
  page.results.splice(
    500,
    3,
    ada({ gender: "nobody" }),
    "nobody",
    ada({ "location.postcode": 1.5 }),
  );
  const of = (spec: object) =>
    expectation(
      { name: "it", table: "people", description: "It holds", ...spec } as unknown as Spec,
    );
  const columns = ["location.postcode", "location.street.number", "id.value", "name.first"];
  const suite = [
    ...suiteOf("pages"),
    ...columns.flatMap((column) => [
      of({ kind: "not_null", column }),
      of({ kind: "unique", column }),
      of({ kind: "type", column, type: "integer" }),
      of({ kind: "mean_between", column, min: 0, max: 1 }),
    ]),
  ];
  const byBytes = await evaluated([page], suite);
  // The kind `holds` needs the parsed person, so this suite parses everyone.
  const parsed = await evaluated([page], [...suite, of({ kind: "holds", holds: () => true })]);
  const shown = (outcomes: readonly Outcome[]) =>
    outcomes.map(({ expectation: _, ...outcome }) => ({
      ...outcome,
      sample: outcome.sample?.map(({ page: _, ...place }) => place),
    }));
  assertEquals(shown(byBytes), shown(parsed.slice(0, -1)));
  const valid = byBytes.find(({ expectation: { name } }) => name === "people.valid");
  assertEquals([valid?.failed, valid?.total], [3, 1200]);
});

Deno.test("kinds that need tables get the verdict broken on pages", async () => {
  const of = (spec: object) =>
    expectation(
      { name: "it", table: "people", description: "It holds", ...spec } as unknown as Spec,
    );
  const outcomes = await evaluated([pageOf(people(1))], [
    of({ kind: "violations", sql: "select 1" }),
    of({ kind: "foreign_key", column: "nat", references: "countries" }),
    of({ kind: "no_drift", column: "email", significance: 0.001 }),
    of({ kind: "matches", column: "email", pattern: /a/g }),
  ]);
  assert(outcomes.every(({ verdict, reason }) => verdict === "broken" && reason !== undefined));
});

Deno.test("a folder without pages is a SourceError", async () => {
  await using folder = await temporary();
  await assertRejects(() => findFiles([folder.path]), SourceError, "Cannot find saved pages");
});

Deno.test("an expectation is skipped outside of its range of rows", async () => {
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
  const outcomes = await evaluated([pageOf(people(60))], [
    of({ min: 61 }),
    of({ max: 59 }),
    of({ min: 60, max: 60 }),
  ]);
  assertEquals(outcomes.map(({ verdict, reason }) => [verdict, reason]), [
    ["skipped", "it needs at least 61 rows, found 60"],
    ["skipped", "it needs at most 59 rows, found 60"],
    ["failed", undefined],
  ]);
});
