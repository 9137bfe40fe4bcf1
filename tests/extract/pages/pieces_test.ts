import { assert, assertEquals, assertThrows } from "@std/assert";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { PageError } from "../../../etl/extract/pages/page.ts";
import { redact } from "../../../etl/transform/validate/redact.ts";
import { checkSavedPage } from "../../../etl/extract/pages/documents.ts";
import { scanner } from "../../../etl/transform/validate/fast/mod.ts";
import { openSavedPages, type SavedPage } from "../../../etl/extract/pages/saved_page.ts";
import { FIELDS, fieldsOfPerson, PersonFields } from "../../../etl/transform/validate/fields.ts";
import { cutPage } from "../../../etl/extract/pages/pieces.ts";
import type { Person } from "../../../schema/mod.ts";

const PAGE = syntheticPage({ seed: "pieces", page: 1, results: 800, version: "1.4" });
const PEOPLE: Record<string, unknown>[] = JSON.parse(PAGE).results;
const label = "page.json";

/** Pages as Python's `json.dump` and pretty printers write them. */
const SPACED: readonly ((page: string) => string)[] = [
  (page) => JSON.stringify(JSON.parse(page), null, 2),
  (page) => JSON.stringify(JSON.parse(page), null, "\t").replaceAll("\n", "\r\n"),
  (page) =>
    JSON.stringify(JSON.parse(page), null, 1).replaceAll(/,\n */g, ", ").replaceAll(/\n */g, ""),
];

/** The first page in some bytes. */
function openSavedPage(...file: Parameters<typeof openSavedPages>): SavedPage {
  const [page] = openSavedPages(...file);
  return page!;
}

const encode = (text: string) => new TextEncoder().encode(text);

/**
 * The people of a page read piece by piece, and whether it was cut at all. Who comes as fields is
 * compared with the person who should be there, and counted.
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
      assertEquals(textsOf(found), textsOf(fieldsOfPerson(expected[row] as Person)));
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

Deno.test("of a page as the API sends it almost all are read without a parser", () => {
  const { cut, plain, people } = read(PAGE);
  assert(cut && plain > 780, `${plain}`);
  assertEquals(people, PEOPLE);
});

Deno.test("so are those of a page with info before the people", () => {
  const { plain, people } = read(`{"info":${info(800)},"results":${JSON.stringify(PEOPLE)}}`);
  assert(plain > 780, `${plain}`);
  assertEquals(people, PEOPLE);
});

Deno.test("a page with white space is read without a parser too", () => {
  for (const spaced of SPACED) {
    const text = spaced(PAGE);
    const { cut, plain, people } = read(text);
    assert(cut && plain > 780, `${plain} of ${text.slice(0, 40)}`);
    assertEquals(people, PEOPLE);
  }
});

Deno.test("white space hides no fault between people", () => {
  const pretty = JSON.stringify(JSON.parse(PAGE), null, 2);
  for (const [one, other] of [["},", "},,"], ["},", "} "]] as const) {
    const at = pretty.indexOf("\n    },", 900_000);
    const text = pretty.slice(0, at) + pretty.slice(at).replace(one, other);
    const whole = assertThrows(() => checkSavedPage(text, { label }), PageError);
    assertEquals(assertThrows(() => read(text), PageError).rule, whole.rule);
  }
  const end = pretty.replace("}\n  ],", "},\n  ],");
  assert(end !== pretty);
  assertEquals(assertThrows(() => read(end), PageError).rule, "json");
});

function pageText(results: readonly unknown[]): string {
  return JSON.stringify({ results, info: JSON.parse(info(results.length)) });
}

Deno.test("a page that says nothing where it is looked for is read whole", () => {
  const [person] = PEOPLE;
  const tail = { seed: "s", results: 1, page: 7, version: "1.3" };
  const text = JSON.stringify({ results: [person], info: tail, more: [] });
  const { version, seed, page } = openSavedPage({ bytes: encode(text), label });
  assertEquals({ version, seed, page }, { version: "1.3", seed: "s", page: 7 });
});

Deno.test("a list does not end in a text, though a bracket is there", () => {
  const text = JSON.stringify(PEOPLE[0]);
  const odd = (one: string, other: string) => text.replace(/}$/, `,"k":"${one}",":0,":"${other}"}`);
  const page = `{"info":${info(2)},"results":[${odd("", "")},${odd("],", ":")},{"}`;
  const error = assertThrows(() => read(page, [PEOPLE[0], PEOPLE[0]]), PageError);
  assertEquals(error.rule, "json");
});

Deno.test("a person of many objects in one another is parsed", () => {
  const deep = JSON.parse('{"a":'.repeat(2_000) + "1" + "}".repeat(2_000));
  const results = [...PEOPLE.slice(0, 3), { ...PEOPLE[3], deep }, ...PEOPLE.slice(4, 9)];
  const { plain } = read(pageText(results), results);
  assertEquals(plain, 7);
});

Deno.test("people who alternate in how they are written are all read, by a parser in the end", () => {
  const results = PEOPLE.map((person, row) => row % 2 === 0 ? person : redact(person, "1.4"));
  const { plain, people } = read(pageText(results), results);
  assert(plain < 400, `${plain}`);
  assertEquals(people, results);
});

Deno.test("a bare list is cut too, a page with nobody has none", () => {
  assertEquals(read(JSON.stringify(PEOPLE)), { cut: false, plain: 798, people: PEOPLE });
  const nobody = `{"results":[],"info":${info(0)}}`;
  assertEquals(read(nobody), { cut: true, plain: 0, people: [] });
});

/** People whose keys come in another order, or without secrets, from some place on. */
function otherwise(person: Record<string, unknown>, row: number): unknown {
  if (row < 300) return person;
  if (row < 500) return redact(person, "1.4");
  return Object.fromEntries(Object.entries(person).toReversed());
}

Deno.test("people who are written otherwise than those before are learned", () => {
  const results = PEOPLE.map(otherwise);
  const { plain, people } = read(pageText(results), results);
  assert(plain > 780, `${plain}`);
  assertEquals(people, results);
});

Deno.test("a page with two lists of results is refused, and no people are taken from both", () => {
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

Deno.test("a list that is in a text, or under another name, is not taken for the people", () => {
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

Deno.test("people who hold lists of objects come whole where a piece breaks off in one", () => {
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
    ["with a comma too many", PAGE.replace('}],"info"', '},],"info"')],
    [
      "with a person who is no JSON",
      PAGE.replace(PAGE.slice(600_000, 600_040), '"gender":'),
    ],
    ["with another count", PAGE.replace('"results":800', '"results":801')],
    ["of another version", PAGE.replace('"version":"1.4"', '"version":"1.0"')],
    ["with info of another kind", PAGE.replace('"page":1', '"page":"1"')],
  ] as const
) {
  Deno.test(`a page ${what} fails by the same rule as when it is read whole`, () => {
    assert(text !== PAGE);
    const whole = assertThrows(() => checkSavedPage(text, { label }), PageError);
    const pieces = assertThrows(() => read(text), PageError);
    assertEquals(pieces.rule, whole.rule);
    assertEquals(pieces.message.slice(0, 30), whole.message.slice(0, 30));
  });
}

Deno.test("unless asked for as fields, all people come parsed", () => {
  assertEquals([...openSavedPage({ bytes: encode(PAGE), label }).people], PEOPLE);
});

Deno.test("bytes that are no UTF-8 name the page", () => {
  const bytes = encode(PAGE);
  bytes[500_000] = 0xff;
  assertThrows(
    () => [...openSavedPage({ bytes, label }).people],
    Error,
    "Cannot read page.json: not JSON in UTF-8: a damaged character in line 1",
  );
});
