import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as v from "valibot";
import { COUNTRIES, NATIONALITIES } from "../../schema/mod.ts";
import * as value from "../../schema/values.ts";

/** Each schema with values that it accepts and values that it refuses. */
const CASES: readonly [string, v.GenericSchema, readonly unknown[], readonly unknown[]][] = [
  ["text", value.text, ["", " ", "é", "می\u200cنا", "😀", "\u00a0", "\uffff"], [
    "\u0000",
    "\t",
    "a\nb",
    "\u001f",
    "\u007f",
    "\u0085",
    "\ud83d",
    "\udc00x",
    null,
    5,
    undefined,
  ]],
  ["filledText", value.filledText, [" ", "x"], ["", "\n"]],
  ["uuid", value.uuid, ["00000000-0000-0000-0000-000000000000"], [
    "00000000000000000000000000000000",
    "A0000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-000000000000 ",
    "00000000-0000-0000-0000-000000000000\n",
  ]],
  ["sha256", value.sha256, ["0123456789abcdef".repeat(4)], ["0".repeat(63), "G".repeat(64)]],
  ["code", value.code, ["0123456789abcdef"], ["0".repeat(17), "ABCDEF0123456789"]],
  ["email", value.email, ["luk'yan.k@example.com", "'a..b@example.com", "a@b"], [
    "a",
    "@b",
    "a@",
    "a@b@c",
    "a b@c",
  ]],
  ["url", value.url, ["http://a/b", "https://a.b:80/"], ["//a/b", "ftp://a/b", "https:///b", "x"]],
  [
    "timestamp",
    value.timestamp,
    [
      "2000-02-29T00:00:00.000Z",
      "1996-02-29T23:59:59.999Z",
      "2023-01-31T12:34:56.789Z",
      "2023-12-31T12:34:56.789Z",
      "0000-02-29T00:00:00.000Z",
    ],
    [
      "1900-02-29T00:00:00.000Z",
      "2023-02-29T00:00:00.000Z",
      "2023-02-30T00:00:00.000Z",
      "2023-04-31T00:00:00.000Z",
      "2023-00-01T00:00:00.000Z",
      "2023-01-00T00:00:00.000Z",
      "2023-01-32T00:00:00.000Z",
      "2023-01-01T24:00:00.000Z",
      "2023-01-01T00:60:00.000Z",
      "2023-01-01T00:00:60.000Z",
      "2023-01-01T00:00:00Z",
      "2023-01-01T00:00:00.000",
      "2023-01-01 00:00:00.000Z",
      "2023-01-01T00:00:00.000+00:00",
      "+012023-01-01T00:00:00.000Z",
      1672531200000,
    ],
  ],
  ["latitude", value.latitude, ["0.0000", "-0.0000", "-90.0000", "90.0000", "9.0100"], [
    "90.0001",
    "-90.0001",
    "09.0000",
    "9.000",
    "9.00000",
    "9",
    ".0000",
    "+9.0000",
    "1e1",
    9.0001,
    "NaN",
  ]],
  ["longitude", value.longitude, ["180.0000", "-180.0000", "99.9999"], ["180.0001", "1800.0000"]],
  ["utcOffset", value.utcOffset, ["0:00", "+5:45", "-3:30", "+14:00"], [
    "5",
    "+05:45",
    "+15:00",
    "+5:60",
    "Z",
  ]],
  ["integer", value.integer, [0, -0, -2147483648, 2147483647], [
    2147483648,
    -2147483649,
    1.5,
    NaN,
    Infinity,
    "1",
    null,
  ]],
  ["gender", value.gender, ["female", "male"], ["Female", "", null, "other"]],
];

for (const [name, schema, accepted, refused] of CASES) {
  Deno.test(`${name} accepts values of the API and refuses similar ones`, () => {
    for (const one of accepted) assert(v.is(schema, one), `refuses ${JSON.stringify(one)}`);
    for (const one of refused) assert(!v.is(schema, one), `accepts ${JSON.stringify(one)}`);
  });
}

Deno.test("a timestamp is accepted only if its day exists", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
    (year, month, day) => {
      const pad = (number: number, width = 2) => String(number).padStart(width, "0");
      const iso = `${pad(year, 4)}-${pad(month)}-${pad(day)}T00:00:00.000Z`;
      const time = new Date(iso);
      const exists = !Number.isNaN(time.getTime()) && time.toISOString() === iso;
      assertEquals(v.is(value.timestamp, iso), exists, iso);
    },
  ));
});

/** Texts near the limits: dates that may not exist, and degrees that may be out of range. */
const NEAR = fc.oneof(
  fc.tuple(fc.nat(9999), fc.nat(13), fc.nat(32)).map(([year, month, day]) => {
    const pad = (number: number, width: number) => String(number).padStart(width, "0");
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T23:59:59.999Z`;
  }),
  fc.integer({ min: -1_820_000, max: 1_820_000 }).map((scaled) => (scaled / 1e4).toFixed(4)),
  fc.constantFrom("-0.0000", "90.0000", "-90.0001", "180.0000", "180.0001", "00.0000", "9.000"),
);

for (const schema of [value.timestamp, value.latitude, value.longitude]) {
  const { exact } = v.getMetadata(schema) as { exact: RegExp };

  Deno.test(`${exact} accepts the same texts as the rules`, () => {
    fc.assert(
      fc.property(NEAR, (text) => assertEquals(exact.test(text), v.is(schema, text), text)),
      { numRuns: 2_000 },
    );
  });
}

Deno.test("every rule has its own message", () => {
  for (const [name, schema, , refused] of CASES) {
    for (const one of refused.filter((one) => typeof one === "string")) {
      const { issues = [] } = v.safeParse(schema, one);
      const custom = issues.filter(({ kind }) => kind === "validation");
      for (const { message } of custom) {
        assert(!message.startsWith("Invalid "), `${name}: ${message}`);
      }
    }
  }
});

Deno.test("each of the 21 nationalities has one country, and version 1.3 has 17 of them", () => {
  assertEquals(new Set(Object.values(COUNTRIES)).size, 21);
  assertEquals<readonly string[]>(NATIONALITIES["1.4"], Object.keys(COUNTRIES));
  const since = NATIONALITIES["1.4"].filter((nat) => !NATIONALITIES["1.3"].includes(nat));
  assertEquals(since, ["IN", "MX", "RS", "UA"]);
});
