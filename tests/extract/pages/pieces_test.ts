import { assert, assertEquals, assertThrows } from "@std/assert";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { PageError } from "../../../etl/extract/pages/page.ts";
import { redact } from "../../../etl/transform/validate/redact.ts";
import { checkSavedPage } from "../../../etl/extract/pages/documents.ts";
import { findScanner } from "../../../etl/run/open_pages.ts";
import { openSavedPages, type SavedPage } from "../../../etl/extract/pages/saved_page.ts";
import { FIELDS, OwnFields, PersonFields } from "../../../etl/transform/validate/fields.ts";
import { cutPage } from "../../../etl/extract/pages/pieces.ts";
import type { Person } from "../../../schema/mod.ts";

const scanner = await findScanner();

const PAGE = syntheticPage({ seed: "pieces", page: 1, results: 800, version: "1.4" });
const PEOPLE: Record<string, unknown>[] = JSON.parse(PAGE).results;
const label = "page.json";

/** Page formats of Python's `json.dump` and of pretty printers. */
const SPACED: readonly ((page: string) => string)[] = [
  (page) => JSON.stringify(JSON.parse(page), null, 2),
  (page) => JSON.stringify(JSON.parse(page), null, "\t").replaceAll("\n", "\r\n"),
  (page) =>
    JSON.stringify(JSON.parse(page), null, 1).replaceAll(/,\n */g, ", ").replaceAll(/\n */g, ""),
];

/** Opens the first page in the bytes of a file. */
function openSavedPage(...file: Parameters<typeof openSavedPages>): SavedPage {
  const [page] = openSavedPages(...file);
  return page!;
}

const encode = (text: string) => new TextEncoder().encode(text);

/**
 * Reads the people of a page in pieces and reports whether it was cut. People that the scanner reads
 * as fields are counted in `plain` and compared with `expected`.
 */
function read(text: string, expected: readonly unknown[] = PEOPLE) {
  const bytes = encode(text);
  const cut = cutPage(bytes) !== undefined;
  let plain = 0;
  const people = Array.from(
    openSavedPage({ bytes, label, scanner })
      .people,
    (found, row) => {
      if (!(found instanceof PersonFields)) return found;
      plain++;
      assertEquals(textsOf(found), textsOf(new OwnFields().take(expected[row] as Person)));
      return expected[row];
    },
  );
  return { cut, plain, people };
}

function textsOf(fields: PersonFields): (string | undefined)[] {
  return FIELDS.map((_, at) => fields.text(at));
}

function info(results: number): string {
  return JSON.stringify({ seed: "pieces", results, page: 1, version: "1.4" });
}

Deno.test("almost all people of a page from the API are read without a parser", () => {
  const { cut, plain, people } = read(PAGE);
  assert(cut && plain > 780, `${plain}`);
  assertEquals(people, PEOPLE);
});

Deno.test("almost all people of a page with info first are read without a parser", () => {
  const { plain, people } = read(`{"info":${info(800)},"results":${JSON.stringify(PEOPLE)}}`);
  assert(plain > 780, `${plain}`);
  assertEquals(people, PEOPLE);
});

Deno.test("almost all people of a page with white space are read without a parser", () => {
  for (const spaced of SPACED) {
    const text = spaced(PAGE);
    const { cut, plain, people } = read(text);
    assert(cut && plain > 780, `${plain} of ${text.slice(0, 40)}`);
    assertEquals(people, PEOPLE);
  }
});

Deno.test("an error in the white space between people is found", () => {
  const pretty = JSON.stringify(JSON.parse(PAGE), null, 2);
  for (const [one, other] of [["},", "},,"], ["},", "} "]] as const) {
    const at = pretty.indexOf("\n    },", 900_000);
    const text = pretty.slice(0, at) + pretty.slice(at).replace(one, other);
    const parsed = assertThrows(() => checkSavedPage(text, { label }), PageError);
    assertEquals(assertThrows(() => read(text), PageError).rule, parsed.rule);
  }
  const end = pretty.replace("}\n  ],", "},\n  ],");
  assert(end !== pretty);
  assertEquals(assertThrows(() => read(end), PageError).rule, "json");
});

function pageText(results: readonly unknown[]): string {
  return JSON.stringify({ results, info: JSON.parse(info(results.length)) });
}

Deno.test("a page with info in an unusual place is parsed as a whole", () => {
  const [person] = PEOPLE;
  const tail = { seed: "s", results: 1, page: 7, version: "1.3" };
  const text = JSON.stringify({ results: [person], info: tail, more: [] });
  const { version, seed, page } = openSavedPage({ bytes: encode(text), label });
  assertEquals({ version, seed, page }, { version: "1.3", seed: "s", page: 7 });
});

Deno.test("a bracket in a text does not end a list", () => {
  const text = JSON.stringify(PEOPLE[0]);
  const odd = (one: string, other: string) => text.replace(/}$/, `,"k":"${one}",":0,":"${other}"}`);
  const page = `{"info":${info(2)},"results":[${odd("", "")},${odd("],", ":")},{"}`;
  const error = assertThrows(() => read(page, [PEOPLE[0], PEOPLE[0]]), PageError);
  assertEquals(error.rule, "json");
});

Deno.test("a deeply nested person is parsed", () => {
  const deep = JSON.parse('{"a":'.repeat(2_000) + "1" + "}".repeat(2_000));
  const results = [...PEOPLE.slice(0, 3), { ...PEOPLE[3], deep }, ...PEOPLE.slice(4, 9)];
  const { plain } = read(pageText(results), results);
  assertEquals(plain, 7);
});

Deno.test("people in alternating formats are all read, most of them by a parser", () => {
  const results = PEOPLE.map((person, row) => row % 2 === 0 ? person : redact(person, "1.4"));
  const { plain, people } = read(pageText(results), results);
  assert(plain < 400, `${plain}`);
  assertEquals(people, results);
});

Deno.test("the people of a bare list and of an empty page are read", () => {
  assertEquals(read(JSON.stringify(PEOPLE)), { cut: false, plain: 798, people: PEOPLE });
  const nobody = `{"results":[],"info":${info(0)}}`;
  assertEquals(read(nobody), { cut: true, plain: 0, people: [] });
});

/** Changes a person: no secrets from row 300, reversed keys from row 500. */
function inOtherFormat(person: Record<string, unknown>, row: number): unknown {
  if (row < 300) return person;
  if (row < 500) return redact(person, "1.4");
  return Object.fromEntries(Object.entries(person).toReversed());
}

Deno.test("the scanner adapts to people in a new format", () => {
  const results = PEOPLE.map(inOtherFormat);
  const { plain, people } = read(pageText(results), results);
  assert(plain > 780, `${plain}`);
  assertEquals(people, results);
});

Deno.test("a page with two lists of results is refused", () => {
  const [first, second, third] = [PEOPLE[0], PEOPLE[1], PEOPLE[2]];
  for (
    const [one, other] of [[PEOPLE, [{}]], [[first, third, third], [second, third, third]]]
  ) {
    const lists = `"results":${JSON.stringify(one)},"results":${JSON.stringify(other)}`;
    const text = `{${lists},"info":${info(other!.length)}}`;
    const error = assertThrows(() => read(text, one), PageError);
    assertEquals(error.rule, "results");
  }
});

Deno.test("a list inside a text or under another name is not read as people", () => {
  const long = "},{".repeat(200_000);
  for (
    const page of [
      `{"note":"[${long}","more":"${long}]","results":[]}`,
      `{"other":${JSON.stringify(PEOPLE)},"results":[]}`,
    ]
  ) {
    assertEquals(JSON.parse(page).results, []);
    assertEquals(read(page), { cut: false, plain: 0, people: [] });
  }
});

Deno.test("people with lists of objects are complete if a piece ends inside a list", () => {
  const odd = PEOPLE.map((person, row) =>
    row < 300 ? person : { ...person, notes: Array(300).fill({ a: "},{" }) }
  );
  const { plain, people } = read(pageText(odd), odd);
  assert(plain > 290 && plain < 300, `${plain}`);
  assertEquals(people, odd);
});

for (
  const [what, text] of [
    ["cut short", PAGE.slice(0, -700_000)],
    ["with an extra comma", PAGE.replace('}],"info"', '},],"info"')],
    [
      "with a person who is not JSON",
      PAGE.replace(PAGE.slice(600_000, 600_040), '"gender":'),
    ],
    ["with another count", PAGE.replace('"results":800', '"results":801')],
    ["of another version", PAGE.replace('"version":"1.4"', '"version":"1.0"')],
    ["with info of another kind", PAGE.replace('"page":1', '"page":"1"')],
  ] as const
) {
  Deno.test(`a page ${what} fails the same rule in pieces and as a whole`, () => {
    assert(text !== PAGE);
    const parsed = assertThrows(() => checkSavedPage(text, { label }), PageError);
    const pieces = assertThrows(() => read(text), PageError);
    assertEquals(pieces.rule, parsed.rule);
    assertEquals(pieces.message.slice(0, 30), parsed.message.slice(0, 30));
  });
}

Deno.test("without a scanner all people are parsed", () => {
  assertEquals([...openSavedPage({ bytes: encode(PAGE), label }).people], PEOPLE);
});

Deno.test("the error of invalid UTF-8 names the page", () => {
  const bytes = encode(PAGE);
  bytes[500_000] = 0xff;
  assertThrows(
    () => [...openSavedPage({ bytes, label }).people],
    Error,
    "Cannot read page.json: not JSON in UTF-8: a damaged character in line 1",
  );
});
