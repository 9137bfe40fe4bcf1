// What is expected of saved pages, before they become tables.
import { type Expectation, expectation } from "./expectation.ts";

/** People from which shares say something. */
const MANY = { min: 1000 } as const;

/** Few e-mail addresses repeat as long as there are not many more people than names. */
const AMONG_NAMES = { min: 1000, max: 300_000 } as const;

/** What is expected of pages and the people on them. */
export function pageExpectations(): Expectation[] {
  const warn = { table: "people", severity: "warn" } as const;
  return [
    expectation({
      name: "pages.intact",
      table: "pages",
      description: "Each is a page of people, and has as many as it says",
      kind: "intact",
    }),
    expectation({
      name: "pages.digest.unique",
      table: "pages",
      description: "No page came twice",
      severity: "warn",
      kind: "unique",
      column: "digest",
    }),
    expectation({
      name: "people.rows",
      table: "people",
      description: "There is at least one person",
      kind: "row_count_between",
      min: 1,
    }),
    expectation({
      name: "people.valid",
      table: "people",
      description: "People pass every rule of the schema",
      // The gate is the limit of rejects when tables are made, which also keeps the causes.
      severity: "warn",
      kind: "valid",
      mostly: 0.99,
    }),
    ...(["female", "male"] as const).map((gender) =>
      expectation({
        ...warn,
        name: `people.gender.${gender}`,
        description: `At least 4 of 10 people are ${gender}`,
        rows: MANY,
        mostly: 0.4,
        kind: "in_set",
        column: "gender",
        values: [gender],
      })
    ),
    expectation({
      ...warn,
      name: "people.email.proportion_unique",
      description: "Of e-mail addresses few repeat",
      rows: AMONG_NAMES,
      kind: "proportion_unique_between",
      column: "email",
      min: 0.8,
      max: 1,
    }),
    expectation({
      ...warn,
      name: "people.dob.quantile",
      description: "45% are born before 1970",
      rows: MANY,
      kind: "quantile_between",
      column: "dob.date",
      quantile: 0.45,
      min: "1967-01-01T00:00:00.000Z",
      max: "1973-01-01T00:00:00.000Z",
    }),
    ...["gender", "nat"].map((column) =>
      expectation({
        ...warn,
        name: `people.${column}.no_drift`,
        description: `${column} is distributed as in the last run that passed`,
        kind: "no_drift",
        column,
        significance: 0.001,
      })
    ),
  ];
}
