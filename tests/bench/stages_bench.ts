/**
 * Measures each stage of `extract` on one page of 5,000 people, to find the stage of a regression:
 * `deno bench -A tests/bench`.
 *
 * @module
 */
import { Rows } from "../../etl/transform/normalise/rows.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { findScanner } from "../../etl/run/open_pages.ts";
import { openSavedPages } from "../../etl/extract/pages/saved_page.ts";
import { OwnFields } from "../../etl/transform/validate/fields.ts";
import { isValid, validate } from "../../etl/transform/validate/person.ts";
import { writeParquet } from "../../etl/load/parquet/parquet.ts";
import type { Person } from "../../schema/mod.ts";

const scanner = await findScanner();

const REQUEST = { seed: "bench", page: 1, results: 5000, version: "1.4" } as const;

/** Returns the people of the only page in some bytes. */
function open(...file: Parameters<typeof openSavedPages>): Iterable<unknown> {
  const [page] = openSavedPages(...file);
  return page!.people;
}

const BYTES = new TextEncoder().encode(syntheticPage(REQUEST));
const PEOPLE = [...open({ bytes: BYTES, label: "bench" })] as Person[];
const FIELDS = PEOPLE.map((person) => new OwnFields().take(person));

function collect(): Rows {
  const rows = new Rows();
  for (const person of FIELDS) rows.add(person);
  return rows;
}

const ROWS = collect();

Deno.bench("source: make a synthetic page", () => {
  syntheticPage(REQUEST);
});

const SPACED = new TextEncoder().encode(
  JSON.stringify(JSON.parse(new TextDecoder().decode(BYTES)), null, 2),
);

const GROUP = "bytes to the fields of valid people";

for (const [name, bytes] of Object.entries({ compact: BYTES, "with white space": SPACED })) {
  Deno.bench(`scan: ${GROUP}, ${name}`, { group: GROUP, baseline: bytes === BYTES }, () => {
    for (const _ of open({ bytes, label: "bench", scanner }));
  });

  Deno.bench(`without the scanner, ${name}`, { group: GROUP }, () => {
    const into = new OwnFields();
    for (const person of open({ bytes, label: "bench" })) {
      if (isValid(person, "1.4")) into.take(person);
    }
  });
}

Deno.bench("parse: bytes to people", () => {
  for (const _ of open({ bytes: BYTES, label: "bench" }));
});

Deno.bench("validate: predicate only", () => {
  for (const person of PEOPLE) isValid(person, "1.4");
});

Deno.bench("validate: with a verdict", () => {
  for (const person of PEOPLE) validate(person, "1.4");
});

Deno.bench("normalise: fields to columns", () => {
  collect();
});

Deno.bench("normalise: sort the ids", () => {
  ROWS.sortedIds();
});

Deno.bench("write: columns to Parquet", () => {
  for (const table of Object.values(ROWS.tables())) writeParquet(table);
});
