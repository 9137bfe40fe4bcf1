/**
 * Pages that are difficult for SQL engines: valid and invalid edge cases, and duplicates with other
 * logins.
 *
 * @module
 */
import { ada, type Loose, pageOf } from "../people.ts";

/** Valid texts that programs often corrupt. */
const TEXTS = [
  ...[
    "",
    " ",
    "  two  spaces ",
    '"',
    '""',
    "\\",
    '\\"',
    "\\u0041",
    "\\n",
    "'",
    "''",
    "{{ x }}",
    "%s",
  ],
  ...["null", "NULL", "NaN", "true", "0", "007", "1e3", "'; drop table users; --", "a,b", "a|b"],
  ...[
    "é",
    "e\u0301",
    "ß",
    "İ",
    "ﷺ",
    "日本",
    "😀",
    "👩‍👩‍👧",
    "\u{10ffff}",
    "\u200c",
    "\u2028",
    "\u00a0",
    "\ufffd",
  ],
  '"person":{"x":1}',
  ',"person":',
  "x".repeat(5000),
];

const NUMBERS = { street: [-2147483648, -1, 0, 2147483647], postcode: [0, 200, 2 ** 53 - 1] };

const MOMENTS = [
  ...["0000-01-01T00:00:00.000Z", "0000-02-29T12:00:00.001Z", "0001-01-01T00:00:00.000Z"],
  ...["1582-10-04T00:00:00.000Z", "1582-10-10T00:00:00.000Z", "1582-10-15T00:00:00.000Z"],
  ...["1900-02-28T23:59:59.999Z", "1969-12-31T23:59:59.999Z", "2000-02-29T00:00:00.000Z"],
  ...["2016-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
];

const DEGREES = ["-0.0000", "0.0000", "-0.0001", "90.0000", "-90.0000", "9.9999", "-89.1200"];

function valid(): Loose[] {
  return [
    ...TEXTS.flatMap((text, at) => [
      ada({ "name.first": text, "name.last": `text ${at}` }),
      ada({ "login.username": text, "id.value": text, cell: `text ${at}` }),
      ada({ "location.timezone.description": text, "location.postcode": text, phone: `${at}` }),
    ]),
    ...NUMBERS.street.map((number) => ada({ "location.street.number": number })),
    ...NUMBERS.postcode.map((postcode) => ada({ "location.postcode": postcode })),
    ...MOMENTS.flatMap((date) => [ada({ "dob.date": date }), ada({ "registered.date": date })]),
    ...DEGREES.flatMap((degrees) => [
      ada({ "location.coordinates.latitude": degrees }),
      ada({ "location.coordinates.longitude": degrees }),
    ]),
    ada({ id: { name: "", value: null }, state: "no id" }),
    ada({ email: "'luk'yan..x@example.com" }),
    ada({ "picture.large": 'https://x/"y"\\z' }),
    ada({ "location.timezone.offset": "0:00" }),
  ];
}

/** Makes people who fail a rule: near misses, and values of other types. */
function invalid(): Loose[] {
  return [
    ...[
      "a\u0000b",
      "\u001f",
      "tab\t",
      "\u007f",
      "\u0085",
      "\ufeffx",
      "half \ud83d",
      5,
      null,
      true,
      [],
      {},
    ]
      .flatMap((text) => [ada({ "name.first": text }), ada({ "id.value": text, "id.name": "SSN" })])
      .filter(({ id }) => id.value !== "SSN"),
    ...["a@b@c", "a b@c", "@", "\u00a0@x"].map((email) => ada({ email })),
    ...["2023-02-29T00:00:00.000Z", "2024-04-31T00:00:00.000Z", "2024-01-01", ""]
      .map((date) => ada({ "dob.date": date })),
    ...["90.0001", "91.0000", "1.00", "01.0000", 5].map((degrees) =>
      ada({ "location.coordinates.latitude": degrees })
    ),
    ...[1.5, 2147483648, "5", null].map((number) => ada({ "location.street.number": number })),
    ...[-1, 1.5, 2 ** 53, null].map((postcode) => ada({ "location.postcode": postcode })),
    ...["LEGO", "au", ""].map((nat) => ada({ nat })),
    ada({ "location.country": "New Zealand" }),
    ada({ id: { name: "", value: "x" } }),
    ada({ id: { name: "x", value: null } }),
    ada({ "login.uuid": ada().login.uuid.toUpperCase() }),
    ada({ location: "a text" }),
    "a text",
    null,
    5,
    [],
    {},
  ];
}

/** Makes duplicates: the same people with other logins, and some exact copies, in another order. */
function copies(): Loose[] {
  const usernames = ["a", "b", "", "😀", "\u{10ffff}x", "é", "\uffff", "zz", "y".repeat(300)];
  return Array.from({ length: 40 }, (_, person) =>
    usernames.map((username, copy) =>
      ada({
        "name.last": `Copied ${person}`,
        "login.username": `${username}${person}`,
        "login.uuid": `5ca1ab1e-0000-4000-8000-${String(person * 100 + copy).padStart(12, "0")}`,
        id: copy % 3 === 0
          ? { name: "", value: null }
          : { name: "SSN", value: `${username}é${copy}` },
      })
    )).flat();
}

/** Makes the pages. */
export function hardPages(): Loose[] {
  const repeated = copies();
  return [
    pageOf([...valid(), ...invalid()]),
    pageOf(repeated.filter((_, at) => at % 2 === 0), { page: 2 }),
    pageOf([], { page: 3 }),
    pageOf([...repeated.filter((_, at) => at % 2 === 1).reverse(), ...repeated.slice(0, 7)]),
    [ada({ "name.first": "On a bare list" })],
    pageOf([ada({ nat: "MX", "location.country": "Mexico" }), ada({ city: 5 })], {
      version: "1.3",
    }),
  ];
}
