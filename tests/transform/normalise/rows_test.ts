import { assert, assertEquals } from "@std/assert";
import { decodeTables } from "../../../etl/transform/normalise/decode.ts";
import { Rows } from "../../../etl/transform/normalise/rows.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { flatten, rejoin } from "../../flatten.ts";
import { ada, type Loose } from "../../people.ts";

function columnsToRows(columns: Readonly<Record<string, readonly unknown[]>>): Loose[] {
  const [first = []] = Object.values(columns);
  return first.map((_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]]))
  );
}

function synthetic(results: number, seed = "rows"): Loose[] {
  return JSON.parse(syntheticPage({ seed, page: 1, results, version: "1.4" })).results;
}

Deno.test("rows that exceed the first capacity are complete and in order", () => {
  const people = synthetic(2500);
  const rows = new Rows();
  for (const person of people) assert(rows.add(person));
  const tables = Object.entries(decodeTables(rows)).map(([name, columns]) => [
    name,
    columnsToRows(columns),
  ]);
  assertEquals<unknown>(rejoin(Object.fromEntries(tables)), people.map(flatten));
});

Deno.test("an existing person with another login is not added again", () => {
  const rows = new Rows();
  assert(rows.add(ada()));
  assert(!rows.add(ada({ "login.uuid": "ffffffff-0000-4000-8000-000000000000" })));
  assert(rows.add(ada({ "name.first": "Eva" })));
  const { users, logins, altids } = decodeTables(rows);
  assertEquals([rows.people, users.user_id.length, altids.user_id.length], [2, 2, 2]);
  assertEquals(logins.username, ["happyexample123", "happyexample123"]);
});

Deno.test("sorted ids are the ids of users in ascending order", () => {
  const rows = new Rows();
  for (const person of synthetic(300)) rows.add(person);
  const ids = decodeTables(rows).users.user_id.map((id) => id.replaceAll("-", "")).sort();
  assertEquals(rows.sortedIds().ids.toHex(), ids.join(""));
});

Deno.test("empty rows give six tables with all columns and no rows", () => {
  const tables = decodeTables(new Rows());
  assertEquals(Object.keys(tables).sort().join(), "altids,countries,logins,media,timezones,users");
  for (const columns of Object.values(tables)) {
    assert(Object.values(columns).length > 1);
    assert(Object.values(columns).every((values: readonly unknown[]) => values.length === 0));
  }
});

Deno.test("cleared rows that reuse their buffers equal new rows", () => {
  const [some, others] = [synthetic(3_000), synthetic(1_200, "others")];
  const rows = new Rows();
  for (const people of [some, others, [], some]) {
    rows.clear();
    const fresh = new Rows();
    for (const person of people) assertEquals(rows.add(person), fresh.add(person));
    rows.add(people[0] ?? ada());
    fresh.add(people[0] ?? ada());
    assertEquals(decodeTables(rows), decodeTables(fresh));
    assertEquals(rows.sortedIds(), fresh.sortedIds());
  }
});
