import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { type Asked, checkApiPage, PagesSeen } from "../../../etl/extract/pages/api_page.ts";
import { PAGE_RULES, PageError, type PageRule } from "../../../etl/extract/pages/page.ts";
import { nextOf } from "../../next.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const ASKED: Asked = { page: 3, results: 4, version: "1.4", seed: "abc" };

interface Loose {
  results: Record<string, unknown>[];
  info?: Record<string, unknown>;
}

function right(asked: Asked = ASKED): string {
  return syntheticPage(
    {
      ...asked,
      seed: asked.seed ?? "chosen",
      nat: asked.nat ?? [],
      ...(asked.gender && { gender: asked.gender }),
    } as Parameters<typeof syntheticPage>[0],
  );
}

function edited(edit: (page: Loose) => void): string {
  const page = JSON.parse(right());
  edit(page);
  return JSON.stringify(page);
}

function info(change: Record<string, unknown>): string {
  return edited((page) => Object.assign(page.info ?? {}, change));
}

interface Bad {
  /** What the API returned. */
  readonly about: string;
  readonly body: string | Uint8Array;
  readonly rule: PageRule;
  readonly message: RegExp;
  readonly asked?: Asked;
  readonly type?: string;
}

const OUTAGE = { results: [], info: { seed: "abc", results: 1, page: 3, version: "1.4" } };

const BAD: readonly Bad[] = [
  {
    about: "one person, as for results above 5,000",
    body: edited((page) => Object.assign(page, { results: page.results.slice(0, 1) }))
      .replace('"results":4', '"results":1'),
    rule: "count",
    message: /asked for count 4, got 1/,
  },
  {
    about: "fewer people than its info says",
    body: edited((page) => page.results.pop()),
    rule: "count",
    message: /info.results says 4, the page has 3/,
  },
  { about: "page 1", body: info({ page: 1 }), rule: "page", message: /asked for page 3, got 1/ },
  {
    about: "all nationalities, as if the filter were ignored",
    body: right({ ...ASKED, results: 40 }),
    asked: { ...ASKED, results: 40, nat: ["DE", "FR"] },
    rule: "nationality",
    message: /row \d+ is not of DE, FR/,
  },
  {
    about: "both genders, as with a seed",
    body: right({ ...ASKED, results: 40 }),
    asked: { ...ASKED, results: 40, gender: "female" },
    rule: "gender",
    message: /row \d+ is not female/,
  },
  {
    about: "empty people, as for inc=foo",
    body: edited((page) => page.results.fill({})),
    rule: "fields",
    message: /every person on it is empty/,
  },
  {
    about: "no info, as for noinfo",
    body: edited((page) => delete page.info),
    rule: "info",
    message: /no info/,
  },
  {
    about: "an info without a seed",
    body: edited((page) => delete page.info?.["seed"]),
    rule: "info",
    message: /info.seed should be a value/,
  },
  {
    about: "no people although info.results is 1",
    body: JSON.stringify(OUTAGE),
    rule: "empty",
    message: /it is empty, though info.results says 1/,
  },
  {
    about: "no people and info.results 0",
    body: JSON.stringify(OUTAGE).replace('"results":1', '"results":0'),
    rule: "empty",
    message: /it is empty/,
  },
  {
    about: "an error with status 200",
    body: JSON.stringify({ error: "Uh oh, something has gone wrong." }),
    rule: "error",
    message: /the API says "Uh oh, something has gone wrong."/,
  },
  {
    about: "an HTML page of a proxy with status 200",
    body: "<html></html>",
    type: "text/html",
    rule: "content-type",
    message: /an HTML page, as from a proxy, not JSON/,
  },
  {
    about: "plain text",
    body: "Not Found",
    type: "text/plain",
    rule: "content-type",
    message: /the response is text\/plain, not JSON/,
  },
  {
    about: "no type",
    body: right(),
    type: "",
    rule: "content-type",
    message: /without a content type/,
  },
  {
    about: "JSONP, as for callback=x",
    body: `x(${right()});`,
    rule: "jsonp",
    message: /a JSONP call/,
  },
  {
    about: "text that is not JSON",
    body: "Moved",
    rule: "json",
    message: /not JSON: a word without quotes, at line 1, column 1/,
  },
  { about: "JSON cut off", body: right().slice(0, -9), rule: "json", message: /not JSON/ },
  {
    about: "bytes that are not UTF-8",
    body: new Uint8Array([0x22, 0xff, 0x22]),
    rule: "json",
    message: /not UTF-8, 3 bytes/,
  },
  { about: "no list of people", body: '{"results":{}}', rule: "results", message: /no list/ },
  { about: "null", body: "null", rule: "results", message: /no list/ },
  {
    about: "another version",
    body: info({ version: "1.3" }),
    rule: "version",
    message: /asked for version 1.4, got 1.3/,
  },
  {
    about: "another seed, as for one of 18 characters",
    body: info({ seed: "abc05" }),
    rule: "seed",
    message: /asked for seed abc, got abc05/,
  },
  {
    about: "an empty seed",
    body: info({ seed: "" }),
    asked: { ...ASKED, seed: undefined },
    rule: "seed",
    message: /names no seed/,
  },
];

for (const { about, body, rule, message, asked = ASKED, type = JSON_TYPE } of BAD) {
  Deno.test(`an answer with ${about} fails the rule ${rule}`, () => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const error = assertThrows(
      () => checkApiPage({ type, body: bytes }, { label: "http://x/", asked }),
      PageError,
    );
    assertEquals(error.rule, rule);
    assertMatch(error.message, message);
    assertMatch(error.message, new RegExp(`^Cannot use http://x/: .* \\(rule ${rule}\\)$`));
    assertEquals(error.status, 3);
    assertEquals(error.transient, PAGE_RULES[rule].transient);
    assertMatch(nextOf(error), /--source sample/);
  });
}

Deno.test("the cases cover every rule of a page", () => {
  const tested = new Set<PageRule>([...BAD.map(({ rule }) => rule), "repeat"]);
  assertEquals([...tested].sort(), Object.keys(PAGE_RULES).sort());
});

Deno.test("a response that matches the request passes, with filters and without a seed", () => {
  const all: Asked[] = [
    ASKED,
    { ...ASKED, seed: undefined },
    { ...ASKED, nat: ["DE"], results: 20 },
    { ...ASKED, seed: undefined, gender: "male", results: 20 },
    { ...ASKED, version: "1.3" },
  ];
  for (const asked of all) {
    const body = new TextEncoder().encode(right(asked));
    const page = checkApiPage({ type: JSON_TYPE, body }, { label: "x", asked });
    assertEquals(page.people.length, asked.results);
    assertEquals(page.seed, asked.seed ?? "chosen");
  }
});

Deno.test("the error of a page that is not JSON does not quote it", () => {
  const body = new TextEncoder().encode('{"password": "hunter2", oops');
  const error = assertThrows(
    () => checkApiPage({ type: JSON_TYPE, body }, { label: "x", asked: ASKED }),
    PageError,
  );
  assert(!error.message.includes("hunter2"));
});

Deno.test("the error of a repeated page names both pages and suggests another seed", () => {
  const seen = new PagesSeen();
  const people = JSON.parse(right()).results;
  seen.check({ label: "x/1", page: 80, people });
  seen.check({ label: "x/1", page: 80, people });
  // A shorter page repeats the beginning of a longer one.
  for (const same of [people, people.slice(0, 2)]) {
    const error = assertThrows(
      () => seen.check({ label: "x/2", page: 297, people: same }),
      PageError,
    );
    assertMatch(error.message, /page 297 has the people of page 80 \(rule repeat\)/);
    assertMatch(nextOf(error), /another --seed/);
    assertEquals(error.transient, false);
  }
});

Deno.test("pages of empty people do not count as repeated", () => {
  const seen = new PagesSeen();
  assertEquals(seen.check({ label: "x", page: 1, people: [{}] }), undefined);
  assertEquals(seen.check({ label: "x", page: 2, people: [{}] }), undefined);
});
