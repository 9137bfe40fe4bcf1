/**
 * The pattern that DuckDB and Spark judge people by, beside Valibot: the same verdict on anybody.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as v from "valibot";
import { integerPattern, jsonPattern } from "../../etl/generate/person_pattern.ts";
import { PageWriter } from "../../etl/run/land/lines.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import type { Parts } from "../../schema/valibot/parts.ts";
import { isValid } from "../../etl/transform/validate/person.ts";
import { API_VERSIONS, type ApiVersion, COUNTRIES, PERSON } from "../../schema/mod.ts";
import { ada, type Loose, pathsOf } from "../people.ts";

/** A pattern of RE2 and Java in JavaScript. */
function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replace(/\\x\{(\w+)\}/g, "\\u{$1}")})$`, "u");
}

const PATTERNS = Object.fromEntries(
  API_VERSIONS.map((version) => [version, whole(jsonPattern(PERSON[version] as never))]),
) as Record<ApiVersion, RegExp>;

/** A person as the line of a landed file has it. */
function landedText(person: unknown, version: ApiVersion): string {
  const of = { run: "", source: "saved", seed: null, page: 1, pages: 1 } as const;
  const writer = new PageWriter();
  writer.add(person, version);
  const text = new TextDecoder().decode(writer.take({ ...of, version }).bytes);
  return text.slice(text.indexOf('"person":') + '"person":'.length, -2);
}

/** The verdict of an engine: the pattern, and the country of the nationality. */
function fits(person: unknown, version: ApiVersion): boolean {
  const text = landedText(person, version);
  if (!PATTERNS[version].test(text)) return false;
  const { nat, location } = JSON.parse(text);
  return COUNTRIES[nat as keyof typeof COUNTRIES] === location.country;
}

function assertSame(person: unknown, version: ApiVersion = "1.4") {
  const expected = isValid(person, version);
  assertEquals(fits(person, version), expected, landedText(person, version));
  return expected;
}

const PATHS = pathsOf(ada());

/** Texts that are near what rules draw the line at. */
const TEXTS = [
  ...[
    "",
    " ",
    '"',
    "\\",
    "\\u0041",
    '\\"',
    "a\u0000b",
    "\u001f",
    "\n",
    "\u007f",
    "\u0085",
    "\ufeff",
  ],
  ...["\ud83d", "\udc00x", "😀", "\u2028", "\u00a0", "\u200c", "'", "a@b", "a@b@c", "@", "a b@c"],
  ...[
    "luk'yan@x.y",
    'a"b@c"d',
    "a\\b@c",
    "\u00a0@b",
    "\u3000@b",
    "http://a/",
    "http:///a",
    "https://x",
  ],
  ...[
    "https://x/y z",
    'https://x"y/z\\',
    "HTTP://a/b",
    "ftp://a/b",
    "0:00",
    "+14:59",
    "+15:00",
    "-3:60",
  ],
  ...[
    "+5:45",
    "005:45",
    "0.0000",
    "-0.0000",
    "90.0000",
    "90.0001",
    "-90.0000",
    "-90.0001",
    "89.9999",
  ],
  ...["180.0000", "180.0001", "-180.0000", "09.0000", "9.000", "1e1", "female", "Female", "male "],
  ...["2000-02-29T00:00:00.000Z", "1900-02-29T00:00:00.000Z", "2023-02-29T00:00:00.000Z"],
  ...["2024-04-31T23:59:59.999Z", "2024-12-31T24:00:00.000Z", "0000-02-29T00:00:00.000Z"],
  ...[
    "2024-02-30T00:00:00.000Z",
    "2024-01-01T00:00:00Z",
    "2024-1-1T00:00:00.000Z",
    "AU",
    "MX",
    "LEGO",
  ],
  ...[
    "Australia",
    "Mexico",
    "5ca1ab1e-0000-4000-8000-00000c0ffee0",
    "5CA1AB1E-0000-4000-8000-00000C0FFEE0",
  ],
  ...["a".repeat(64), "g".repeat(64), "0123"],
];

const NUMBERS = [
  ...[0, -0, 1, -1, 1.5, 1e21, 2147483647, 2147483648, -2147483648, -2147483649, 1e400, NaN],
  ...[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, 9007199254740989, 999999999999999],
];

const VALUE = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, ...NUMBERS, null, true, undefined, [], {}, [1], { a: 1 }),
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.integer(),
);

Deno.test("the pattern and Valibot agree on anybody", () => {
  const seen = { fit: 0, not: 0 };
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...PATHS), VALUE), { minLength: 1, maxLength: 2 }),
      fc.constantFrom(...API_VERSIONS),
      (changes, version) => {
        const person = changes.reduce<Loose>((person, [path, value]) => {
          const fields = path.split(".");
          const last = fields.pop()!;
          const holder = fields.reduce((at, field) => at?.[field], person);
          if (typeof holder === "object" && holder !== null) holder[last] = value;
          return person;
        }, ada());
        seen[assertSame(person, version) ? "fit" : "not"]++;
      },
    ),
    { numRuns: 4000 },
  );
  assert(seen.fit > 400 && seen.not > 400, JSON.stringify(seen));
});

Deno.test("every text that draws a line, at every field", () => {
  for (const path of PATHS) {
    for (const value of [...TEXTS, ...NUMBERS, null]) assertSame(ada({ [path]: value }));
  }
  for (const value of [null, "x"]) {
    for (const name of ["", "x"]) assertSame(ada({ "id.name": name, "id.value": value }));
  }
  for (const person of [null, "x", 5, [], {}, [ada()]]) assertSame(person);
});

Deno.test("the pattern takes all synthetic people, of both versions", () => {
  for (const version of API_VERSIONS) {
    const { results } = JSON.parse(syntheticPage({ seed: "x", page: 1, results: 2000, version }));
    for (const person of results) assert(assertSame(person, version));
  }
});

Deno.test("days: the pattern knows those that Valibot's check knows", () => {
  for (const year of ["0000", "0004", "1900", "2000", "2023", "2024", "9999"]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const [mm, dd] = [month, day].map((part) => String(part).padStart(2, "0"));
        assertSame(ada({ "dob.date": `${year}-${mm}-${dd}T00:00:00.000Z` }));
      }
    }
  }
});

Deno.test("whole numbers within bounds, and no others", () => {
  const bound = fc.integer({ min: 0, max: 100_000 });
  fc.assert(fc.property(bound, bound, fc.integer({ min: -100_000, max: 100_000 }), (a, b, n) => {
    const pattern = whole(integerPattern(-a, b));
    for (const value of [n, a, -a, b, a + 1, -a - 1, b + 1, b - 1]) {
      assertEquals(pattern.test(String(value)), -a <= value && value <= b, `${-a} ${b} ${value}`);
    }
  }));
  assertThrows(() => integerPattern(1, 2), RangeError);
});

Deno.test("what no pattern can say is refused, so that no engine judges by less", () => {
  // deno-lint-ignore no-control-regex
  const clean = v.regex(/^[^\u0000-\u001f\ufeff\p{Surrogate}]*$/u);
  const cases: Record<string, v.GenericSchema> = {
    "takes any text": v.string(),
    "has a check and no pattern": v.pipe(v.string(), clean, v.check(() => true)),
    "has several patterns": v.pipe(v.string(), clean, v.regex(/^a$/), v.regex(/^b$/)),
    "takes what no engine holds": v.pipe(v.string(), v.regex(/^[^a]$/)),
    "not of whole texts": v.pipe(v.string(), v.regex(/a/)),
    "it is no integer": v.number(),
    "it is unbounded": v.pipe(v.number(), v.integer()),
    "a check that is not there as data": v.pipe(v.object({}), v.check(() => true)),
    "no pattern is known": v.boolean(),
    ". in ^a.b$": v.pipe(v.string(), v.regex(/^a.b$/)),
    '" in ^"$': v.pipe(v.string(), v.regex(/^"$/)),
  };
  for (const [says, schema] of Object.entries(cases)) {
    const error = assertThrows(() => jsonPattern(schema as unknown as Parts), TypeError);
    assert(error.message.includes(says), `${says}: ${error.message}`);
  }
});
