import { assert, assertEquals, assertThrows } from "@std/assert";
import { syntheticPage } from "../../etl/source/synthetic/mod.ts";
import { PageError } from "../../etl/validate/page.ts";
import { checkSavedPage, openSavedPage } from "../../etl/validate/saved_page.ts";
import { cutPage } from "../../etl/validate/pieces.ts";

const PAGE = syntheticPage({ seed: "pieces", page: 1, results: 800, version: "1.4" });
const PEOPLE: Record<string, unknown>[] = JSON.parse(PAGE).results;
const label = "page.json";

const encode = (text: string) => new TextEncoder().encode(text);

/** The people of a page read piece by piece, and whether it was cut at all. */
function read(text: string) {
  const bytes = encode(text);
  const pieces = [...cutPage(bytes)?.pieces() ?? []].length;
  return { pieces, people: [...openSavedPage(bytes, { label }).people] };
}

function info(results: number): string {
  return JSON.stringify({ seed: "pieces", results, page: 1, version: "1.4" });
}

Deno.test("a large page is read in pieces, and gives the same people in the same order", () => {
  const { pieces, people } = read(PAGE);
  assert(pieces > 2);
  assertEquals(people, PEOPLE);
});

Deno.test("a page with white space, or with info before the people, is read in pieces", () => {
  for (
    const text of [
      JSON.stringify(JSON.parse(PAGE), null, 2),
      `{"info":${info(800)},"results":${JSON.stringify(PEOPLE)}}`,
    ]
  ) {
    const { pieces, people } = read(text);
    assert(pieces > 2);
    assertEquals(people, PEOPLE);
  }
});

Deno.test("a bare list and a small page are read whole", () => {
  assertEquals(read(JSON.stringify(PEOPLE)), { pieces: 0, people: PEOPLE });
  const small = `{"results":[{}],"info":${info(1)}}`;
  assertEquals(read(small), { pieces: 0, people: [{}] });
});

Deno.test("a page with two lists of results is refused, and no people are taken from both", () => {
  const text = `{"results":${JSON.stringify(PEOPLE)},"results":[{}]}`;
  const error = assertThrows(() => read(text), PageError);
  assertEquals(error.rule, "results");
});

Deno.test("a list that stands in a text, or under another name, is not taken for the people", () => {
  const long = "},{".repeat(200_000);
  for (
    const page of [
      `{"note":"[${long}","more":"${long}]","results":[]}`,
      `{"other":${JSON.stringify(PEOPLE)},"results":[]}`,
    ]
  ) {
    assertEquals(JSON.parse(page).results, []);
    assertEquals(read(page), { pieces: 0, people: [] });
  }
});

Deno.test("people who hold lists of objects come whole where a piece breaks off in one", () => {
  const odd = PEOPLE.map((person) => ({ ...person, notes: Array(300).fill({ a: "},{" }) }));
  const { people } = read(JSON.stringify({ results: odd }));
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

Deno.test("bytes that are no UTF-8 name the page", () => {
  const bytes = encode(PAGE);
  bytes[500_000] = 0xff;
  assertThrows(
    () => [...openSavedPage(bytes, { label }).people],
    Error,
    "Cannot read page.json: The encoded data is not valid",
  );
});
