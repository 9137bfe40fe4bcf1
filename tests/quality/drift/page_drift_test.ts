import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Difference } from "../../../etl/quality/drift/difference.ts";
import { PageDrift } from "../../../etl/quality/drift/page_drift.ts";
import { pagesOf } from "../../../etl/quality/drift/source.ts";
import { DebrError } from "../../../etl/common/errors.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { fakeApi } from "../../fake_api.ts";

// deno-lint-ignore no-explicit-any
type Page = any;

const PLANTED = "pl4nted-value";

function pageOf(number: number): Page {
  const request = { seed: "drift", version: "1.4", page: number, results: 50 } as const;
  return JSON.parse(syntheticPage(request));
}

/** Text that replaces a page. */
class Replacement {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Compares three pages after a change of the second. */
function compare(change: (page: Page) => unknown): Difference[] {
  const drift = new PageDrift();
  for (const number of [1, 2, 3]) {
    const page = pageOf(number);
    const changed = number === 2 ? change(page) : undefined;
    const text = changed instanceof Replacement ? changed.text : JSON.stringify(page);
    drift.add({ label: `page-${number}.json`, text });
  }
  return drift.differences();
}

/** Joins kind, place, expected type and found type. */
const lines = (differences: readonly Difference[]) =>
  differences.map(({ kind, place, expected, found }) => [kind, place, expected, found].join(" | "));

const CHANGES: Readonly<Record<string, [(page: Page) => unknown, ...string[]]>> = {
  "nothing": [() => undefined],
  "a field is added": [
    ({ results }) => results[7].name.middle = PLANTED,
    "added_field | name.middle | – | text, first in page-2.json, row 7; 1 person of 150",
  ],
  "an object is added": [
    ({ results }) => results.forEach((person: Page) => person.work = { email: PLANTED }),
    "added_field | work | – | object, first in page-2.json, row 0; 50 people of 150",
  ],
  "a field is missing": [
    ({ results }) => [3, 4].forEach((row) => delete results[row].cell),
    "missing_field | cell | text | –, first in page-2.json, row 3; 2 people of 150",
  ],
  "an object is missing": [
    ({ results }) => delete results[1].location.street,
    "missing_field | location.street | object | –, first in page-2.json, row 1; 1 person of 150",
  ],
  "a number becomes text": [
    ({ results }) => results[49].location.street.number = PLANTED,
    "retyped_field | location.street.number | number | text, first in page-2.json, row 49; 1 person of 150",
  ],
  "a text may be null": [
    ({ results }) => results[5].email = null,
    "retyped_field | email | text | null, first in page-2.json, row 5; 1 person of 150",
  ],
  "an object becomes text": [
    ({ results }) => results[2].dob = PLANTED,
    "retyped_field | dob | object | text, first in page-2.json, row 2; 1 person of 150",
  ],
  "a postcode becomes a list": [
    ({ results }) => results[2].location.postcode = [PLANTED],
    "retyped_field | location.postcode | number or text | list, first in page-2.json, row 2; 1 person of 150",
  ],
  "a person is no object": [
    ({ results }) => results[2] = PLANTED,
    "retyped_field | person | object | text, first in page-2.json, row 2; 1 person of 150",
  ],
  "info has a new field": [
    ({ info }) => info.total = 1,
    "added_field | info.total | – | number, first in page-2.json",
  ],
  "info lacks a field": [
    ({ info }) => delete info.seed,
    "missing_field | info.seed | text | –, first in page-2.json",
  ],
  "the version is unknown": [
    ({ info }) => info.version = "2.0",
    "version | info.version | 1.3 or 1.4 | 2.0, first in page-2.json",
  ],
  "the list has another name": [
    ({ results, info }) => new Replacement(JSON.stringify({ people: results, info })),
    "unreadable | page-2.json | a list of results | object of people, info",
  ],
  "the page is no JSON": [
    () => new Replacement(`<html>${PLANTED}`),
    "unreadable | page-2.json | JSON | something else",
  ],
  "fields that debr drops change": [({ results: [first] }) => {
    first.login.salt = 1;
    delete first.login.md5;
    first.dob.age = "old";
  }],
};

for (const [name, [change, ...expected]] of Object.entries(CHANGES)) {
  Deno.test(`pages: ${name}`, () => {
    const differences = compare(change);
    assertEquals(lines(differences), expected);
    assert(!JSON.stringify(differences).includes(PLANTED));
  });
}

Deno.test("lists, single people and pages without info are compared too", () => {
  const drift = new PageDrift();
  const { results } = pageOf(1);
  for (const body of [results, results[0], { results }]) {
    drift.add({ label: "x", text: JSON.stringify(body) });
  }
  assertEquals(drift.differences(), []);
  assertEquals(drift.counts, { pages: 3, people: 101 });
});

Deno.test("drift requests one page of the API and compares it without validation", async () => {
  await using api = fakeApi((query) => {
    const page = pageOf(1);
    page.results[3].name.middle = PLANTED;
    return Response.json({ ...page, requested: query.get("results") });
  });
  const pages = await Array.fromAsync(pagesOf({ source: "api", api: api.url }));
  assertEquals(api.requested, ["/api/1.4/?results=500&page=1"]);
  const drift = new PageDrift();
  for (const page of pages) drift.add(page);
  assertEquals(drift.differences().map(({ place }) => place), ["name.middle"]);
});

Deno.test("an error of the API is a source error and no drift", async () => {
  await using api = fakeApi(() => new Response("no", { status: 503 }));
  const error = await assertRejects(
    () => Array.fromAsync(pagesOf({ source: "api", api: api.url })),
    DebrError,
  );
  assertEquals(error.status, 3);
});
