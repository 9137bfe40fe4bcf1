import { RandomUser } from "@debr/debr";
import { expectation } from "@debr/debr/check";
import { startMockApi } from "@debr/debr/mock-api";
import { PERSON, type Person, type Row } from "@debr/debr/schema";
import * as v from "valibot";

await using api = await startMockApi();

// The README's example.
const client = new RandomUser({ api: api.url, seed: "london", nat: ["GB"] });
const people: Person[] = [];
for await (const person of client.people(3)) people.push(person);

// A custom schema based on debr's.
const Adult = v.pipe(
  PERSON["1.4"],
  v.check(({ dob }) => Date.parse(dob.date) < Date.parse("2005-01-01"), "an adult"),
);
const adults: Person[] = people.filter((person) => v.is(Adult, person));

// A custom `fetch`, here with a cache.
const saved = new Map<string, string>();
const cached: typeof fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input);
  const text = saved.get(url) ?? await (await fetch(input, init)).text();
  saved.set(url, text);
  return new Response(text, { headers: { "content-type": "application/json" } });
};
const again = new RandomUser({ api: api.url, seed: "london", nat: ["GB"] }, { fetch: cached });
const tables = await again.tables(3);
const country: Row<"countries"> = { country_code: "GB", country_name: "United Kingdom" };

export default expectation({
  name: "users.gb",
  table: "users",
  description: "Everybody lives in the United Kingdom",
  kind: "in_set",
  column: "country_code",
  values: [country.country_code],
});
console.log(people.length, adults.length, saved.size, Object.keys(tables).length);
