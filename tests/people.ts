/**
 * Made-up people in the API's shape, which tests change.
 *
 * @module
 */

/** A JSON value without static types. */
// deno-lint-ignore no-explicit-any
export type Loose = any;

const HEX = "0123456789abcdef";

/** A person as API version 1.4 returns it, with secrets and ages. */
export const ADA = {
  gender: "female",
  name: { title: "Ms", first: "Ada", last: "Example" },
  location: {
    street: { number: 42, name: "Example Street" },
    city: "Exampleton",
    state: "Queensland",
    country: "Australia",
    postcode: 4360,
    coordinates: { latitude: "-12.3400", longitude: "156.7800" },
    timezone: { offset: "+5:45", description: "Kathmandu" },
  },
  email: "ada.example@example.com",
  login: {
    uuid: "5ca1ab1e-0000-4000-8000-00000c0ffee0",
    username: "happyexample123",
    password: "made-up-password",
    salt: "mAdEuPsA",
    md5: HEX.repeat(2),
    sha1: HEX.repeat(2) + HEX.slice(0, 8),
    sha256: HEX.repeat(4),
  },
  dob: { date: "1960-02-29T05:06:07.089Z", age: 66 },
  registered: { date: "2010-11-12T13:14:15.016Z", age: 16 },
  phone: "03-5550-0100",
  cell: "0405-550-010",
  id: { name: "TFN", value: "012345678" },
  picture: {
    large: "https://randomuser.me/api/portraits/women/0.jpg",
    medium: "https://randomuser.me/api/portraits/med/women/0.jpg",
    thumbnail: "https://randomuser.me/api/portraits/thumb/women/0.jpg",
  },
  nat: "AU",
};

/** Returns Ada with other values at dotted paths; `undefined` removes the field. */
export function ada(changes: Readonly<Record<string, unknown>> = {}): Loose {
  const person: Loose = structuredClone(ADA);
  for (const [path, value] of Object.entries(changes)) {
    const fields = path.split(".");
    const last = fields.pop()!;
    const holder = fields.reduce((at, field) => at[field], person);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return person;
}

/** Makes a page of people as the API returns it. */
export function pageOf(people: readonly unknown[], info: Readonly<Record<string, unknown>> = {}) {
  return {
    results: people,
    info: { seed: "made-up", results: people.length, page: 1, version: "1.4", ...info },
  };
}

/** Lists the dotted paths of all values in an object, including nested ones. */
export function pathsOf(value: Loose, prefix = ""): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    return typeof inner === "object" && inner !== null ? [path, ...pathsOf(inner, path)] : [path];
  });
}

/** Values that break at least one rule. */
export const ODD = [
  undefined,
  null,
  "",
  " ",
  "x",
  "a\u0000b",
  "\ud800",
  "\ufeffx",
  "1990-02-30T00:00:00.000Z",
  "1990-02-28T00:00:00.000Z",
  "90.0001",
  "-90.0000",
  "180.0001",
  "+5:45",
  "GB",
  "LEGO",
  "Germany",
  "https://example.com/x.jpg",
  "a@b",
  0,
  -1,
  1.5,
  NaN,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  true,
  [],
  {},
];
