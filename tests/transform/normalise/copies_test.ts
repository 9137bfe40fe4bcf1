import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { decodeTables } from "../../../etl/transform/normalise/decode.ts";
import { copyRank } from "../../../etl/transform/normalise/identity.ts";
import { Rows } from "../../../etl/transform/normalise/rows.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { OwnFields } from "../../../etl/transform/validate/fields.ts";
import { validate } from "../../../etl/transform/validate/person.ts";
import type { Person } from "../../../schema/mod.ts";

function synthetic(results: number): Person[] {
  const page = syntheticPage({ seed: "rows", page: 1, results, version: "1.4" });
  return JSON.parse(page).results.map((found: unknown) => validate(found, "1.4").person);
}

const rankOf = (person: Person) => copyRank(new OwnFields().take(person));

function collect(people: readonly Person[]): Rows {
  const rows = new Rows();
  for (const person of people) rows.add(person);
  return rows;
}

/** Copies a person with another login and perhaps another id, as other requests return them. */
function copyOf(person: Person, number: number): Person {
  const uuid = `${String(number).padStart(8, "0")}${person.login.uuid.slice(8)}`;
  const id = number % 2 === 0 ? { name: "", value: null } : { name: "TFN", value: `${number}` };
  return { ...person, login: { ...person.login, uuid, username: `copy${number}` }, id };
}

Deno.test("the copy with the lowest rank is kept, in any order of copies", () => {
  const people = synthetic(20);
  const copies = people.flatMap((person) => [1, 2, 3, 4].map((number) => copyOf(person, number)));
  const tables = (people: readonly Person[]) => decodeTables(collect(people));
  const forwards = tables(copies);
  const backwards = tables(copies.toReversed());
  assertEquals(forwards.users.user_id.length, 20);
  for (const [row, person] of people.entries()) {
    const kept = copies.slice(row * 4, row * 4 + 4)
      .reduce((best, copy) => rankOf(copy) < rankOf(best) ? copy : best);
    assertEquals(forwards.logins.username[row], kept.login.username, person.email);
    assertEquals(forwards.logins.login_external_uuid[row], kept.login.uuid);
    const altid = forwards.altids.user_id.indexOf(forwards.users.user_id[row]!);
    assertEquals(forwards.altids.altid_value[altid] ?? null, kept.id.value);
    assertEquals(backwards.logins.username[19 - row], kept.login.username);
  }
  assertEquals(new Set(backwards.altids.altid_value), new Set(forwards.altids.altid_value));
});

/** Computes the rank from UTF-16 units, as the dbt models do. */
function rankOfUnits({ login, id }: Person): number {
  let [high, low] = [0x243f6a88, 0x85a308d3];
  for (const text of [login.uuid, login.username, login.sha256, id.name, id.value ?? ""]) {
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 0x9e3779b1);
      low = Math.imul(low ^ text.charCodeAt(at), 0x5f356495);
    }
    high = Math.imul(high ^ high >>> 15 ^ text.length, 0x85ebca6b);
    low = Math.imul(low ^ low >>> 13 ^ text.length, 0xc2b2ae35);
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}

Deno.test("a rank is computed from the UTF-16 units of any text", () => {
  const [person] = synthetic(1);
  const text = fc.string({ unit: "binary" });
  fc.assert(fc.property(text, fc.option(text), (username, value) => {
    const copy = { ...person!, login: { ...person!.login, username }, id: { name: "x", value } };
    assertEquals(rankOf(copy), rankOfUnits(copy));
  }));
});

Deno.test("copies that differ in any value have different ranks", () => {
  const [person] = synthetic(1);
  const { login, id } = person!;
  const ranks = [
    person!,
    { ...person!, login: { ...login, username: `${login.username}x` } },
    {
      ...person!,
      login: { ...login, sha256: login.sha256.replace(/^./, (c) => c === "0" ? "1" : "0") },
    },
    { ...person!, id: { name: "x", value: "yz" } },
    { ...person!, id: { name: "xy", value: "z" } },
    { ...person!, id: { name: id.name, value: `${id.value}0` } },
  ].map(rankOf);
  assertEquals(new Set(ranks).size, ranks.length);
  for (const rank of ranks) assert(Number.isSafeInteger(rank) && rank >= 0);
});

Deno.test("ids are sorted, and each has the rank of the kept copy", () => {
  const people = synthetic(3_000);
  const { ids, ranks } = collect([...people, copyOf(people[7]!, 1)]).sortedIds();
  const hex = Array.from({ length: 3_000 }, (_, row) => ids.slice(row * 16, row * 16 + 16).toHex());
  assertEquals(hex, hex.toSorted());
  const { users } = decodeTables(collect(people));
  const at = hex.indexOf(users.user_id[7]!.replaceAll("-", ""));
  assertEquals(ranks[at], Math.min(rankOf(people[7]!), rankOf(copyOf(people[7]!, 1))));
  assertNotEquals(ranks[0], ranks[1]);
});
