import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as v from "valibot";
import { syntheticPage, type SyntheticRequest } from "../../../etl/extract/synthetic/mod.ts";
import {
  API_VERSIONS,
  type ApiVersion,
  INFO,
  NATIONALITIES,
  PERSON,
  type Person,
} from "../../../schema/mod.ts";

interface Sent extends Person {
  readonly login: Person["login"] & { readonly [secret: string]: string };
}

function people(request: Partial<SyntheticRequest>): readonly Sent[] {
  const text = syntheticPage({ seed: "s", page: 1, results: 100, version: "1.4", ...request });
  return JSON.parse(text).results;
}

/** Makes three pages of 2,000 people. */
function sample(version: ApiVersion): readonly Sent[] {
  return [1, 2, 3].flatMap((page) => people({ page, results: 2000, version }));
}

const SAMPLE = sample("1.4");
const uuids = (of: readonly Sent[]) => of.map(({ login }) => login.uuid);
const share = (is: (person: Sent) => boolean) => SAMPLE.filter(is).length / SAMPLE.length;
const distinct = (values: readonly string[]) => new Set(values).size;

function assertShare(is: (person: Sent) => boolean, [least, most]: [number, number]): void {
  const found = share(is);
  assert(found >= least && found <= most, `${found} is not between ${least} and ${most}: ${is}`);
}

Deno.test("every synthetic person is valid in its API version, and every nationality occurs", () => {
  for (const version of API_VERSIONS) {
    const found = version === "1.4" ? SAMPLE : sample(version);
    for (const person of found) v.parse(PERSON[version], person);
    assertEquals([...new Set(found.map(({ nat }) => nat))].sort(), [...NATIONALITIES[version]]);
  }
});

Deno.test("a synthetic page is formatted like JSON.stringify and has its info", () => {
  const text = syntheticPage({ seed: 'a"b', page: 7, results: 300, version: "1.3" });
  const page = JSON.parse(text);
  assertEquals(JSON.stringify(page), text);
  assertEquals(v.parse(INFO, page.info), { seed: 'a"b', results: 300, page: 7, version: "1.3" });
});

Deno.test("people have the API's fields in the API's order, including secrets", () => {
  const [person] = people({});
  assertEquals(
    Object.keys(person!).join(),
    "gender,name,location,email,login,dob,registered,phone,cell,id,picture,nat",
  );
  assertEquals(Object.keys(person!.login).join(), "uuid,username,password,salt,md5,sha1,sha256");
  for (const { login } of SAMPLE.slice(0, 100)) {
    assert(/^[0-9a-f]{32} [0-9a-f]{40}$/.test(`${login.md5} ${login.sha1}`));
  }
});

Deno.test("the same request gives the same people, and a smaller request the first of them", () => {
  assertEquals(people({}), people({}));
  assertEquals(people({ results: 10 }), people({ results: 100 }).slice(0, 10));
  assertEquals(people({ results: 0 }), []);
});

Deno.test("people depend on seed and page, and page 2 of 50 is not the second half of a page of 100", () => {
  assertEquals(people({ seed: "abc", page: 12 }), people({ seed: "abc1", page: 2 }));
  assertNotEquals(people({ page: 2, results: 50 }), people({ results: 100 }).slice(50));
  assertNotEquals(people({ seed: "t" }), people({ seed: "s" }));
});

Deno.test("uuids depend only on seed, page and position, and other options give other people", () => {
  const all = people({});
  const others: Partial<SyntheticRequest>[] = [
    { version: "1.3" },
    { nat: ["US"] },
    { nat: ["DE"] },
    { gender: "female" },
    { fields: "name" },
  ];
  for (const other of others) {
    const found = people(other);
    assertEquals(uuids(found), uuids(all));
    assert(found.every(({ dob }, i) => dob.date !== all[i]!.dob.date), JSON.stringify(other));
  }
});

Deno.test("nationality and gender filter people, and an unknown nationality drops the filter", () => {
  assert(people({ nat: ["US", "GB"] }).every(({ nat }) => nat === "US" || nat === "GB"));
  assert(people({ gender: "male" }).every(({ gender }) => gender === "male"));
  assertEquals(people({ version: "1.3", nat: ["IN", "US"] }), people({ version: "1.3" }));
});

Deno.test("all people differ although addresses and usernames repeat", () => {
  assertEquals(distinct(SAMPLE.map((person) => JSON.stringify({ ...person, login: 0 }))), 6000);
  assertEquals(distinct(uuids(SAMPLE)), 6000);
  for (const { login } of SAMPLE) assert(!login.sha256.includes(login.md5!.slice(0, 9)));
  const emails = distinct(SAMPLE.map(({ email }) => email));
  assert(emails > 5800 && emails < 6000, `${emails} addresses`);
  const usernames = distinct(SAMPLE.map(({ login }) => login.username));
  assert(usernames > 5900 && usernames < 6000, `${usernames} usernames`);
});

Deno.test("synthetic people have the API's quirks with similar frequency", () => {
  assertShare(({ gender }) => gender === "female", [0.46, 0.54]);
  assertShare(({ dob }) => dob.date < "1970", [0.42, 0.48]);
  assertShare(({ id }) => id.value === null, [0.17, 0.21]);
  assertShare(({ location }) => typeof location.postcode === "string", [0.17, 0.21]);
  assertShare(({ location }) => location.coordinates.latitude.endsWith("0"), [0.08, 0.12]);
  assertShare(({ location }) => location.street.name.endsWith(" "), [0.03, 0.08]);
  assertShare(({ name }) => name.last.includes("  "), [0.0005, 0.004]);
  assertShare(({ email }) => email.includes("'"), [0.015, 0.045]);
  assertShare(({ email }) => email.startsWith("'"), [0.001, 0.008]);
  assertShare(({ email }) => email.includes(".."), [0.0002, 0.004]);
  assertShare(({ login }) => login.password === "", [0.0005, 0.005]);
  assertShare(({ login }) => /^\d+$/.test(login.password!), [0.04, 0.07]);
  assertShare(({ login }) => /["']/.test(login.password!), [0.0005, 0.006]);
  assertShare(({ nat, name }) => nat === "UA" && /\p{sc=Cyrillic}/u.test(name.last), [0.03, 0.07]);
  assertShare((person) => JSON.stringify(person).includes("\u200c"), [0.01, 0.03]);
  assert(SAMPLE.every(({ email }) => /^[a-z0-9'.-]+@example\.com$/.test(email)));
  assertEquals(distinct(SAMPLE.map(({ picture }) => picture.large)), 197);
  assertEquals(distinct(SAMPLE.map(({ location }) => JSON.stringify(location.timezone))), 30);
});

Deno.test("numbers, postcodes and ids have the API's format for each nationality", () => {
  const formats: Record<string, RegExp> = {
    AU: /^0\d-\d{4}-\d{4} \d{3,4} TFN \d{9}$/,
    CA: /^[A-Z]\d\d [A-Z]\d\d-\d{4} [A-Z]\d[A-Z] \d[A-Z]\d SIN \d{9}$/,
    DE: /^0\d{3}-\d{7} [1-9]\d{4} SVNR \d\d \d{6,7} [A-Z] \d{3}$/,
    DK: /^\d{8} [1-9]\d{4} CPR \d{6,7}-\d{4}$/,
    FI: /^0\d-\d{3}-\d{3} [1-9]\d{4} HETU NaNNA\d{3}undefined$/,
    FR: /^0[1-5](?:-\d\d){4} [1-9]\d{4} INSEE [12]\d{12,13} \d\d$/,
    NO: /^\d{8} \d{4} FN \d{11}$/,
    NZ: /^\(\d{3}\)-\d{3}-\d{4} [1-9]\d{4} {2}null$/,
    UA: /^\(06\d\) [A-Z]\d\d-\d{4} [1-9]\d{4} {2}null$/,
    US: /^\(\d{3}\) \d{3}-\d{4} [1-9]\d{4} SSN \d{3}-\d\d-\d{4}$/,
  };
  for (const { nat, phone, location, id } of SAMPLE) {
    const line = `${phone} ${location.postcode} ${id.name} ${id.value}`;
    assert(formats[nat]?.test(line) ?? true, `${nat}: ${line}`);
  }
  const norway = SAMPLE.filter(({ nat }) => nat === "NO");
  assert(norway.some(({ location }) => String(location.postcode).startsWith("0")));
});

Deno.test("ten thousand people of a chosen seed contain the rare values of the API", () => {
  const rare = [`"name":""},"city"`, `"city":"La \\"\\"d\\"\\"\\""`, `"latitude":"-0.0000"`];
  const pages = [1, 2].map((page) =>
    syntheticPage({ seed: "rare11-", page, results: 5000, version: "1.4" })
  );
  for (const one of rare) assert(pages.some((text) => text.includes(one)), one);
});
