// Expectations of all people together, in tables and on pages.
import { type Expectation, expectation, type Subject } from "./expectation.ts";

/** The least number of rows for meaningful shares and means. */
const MANY = { min: 1000 } as const;

/** The scope of unique e-mail addresses: with many more people than names, many repeat. */
const AMONG_NAMES = { min: 1000, max: 300_000 } as const;

/** Returns shares for tables and pages; `born` names the column or path of the date of birth. */
function shares(
  table: Subject,
  born: { readonly name: string; readonly column: string },
): Expectation[] {
  const warn = { table, severity: "warn" } as const;
  return [
    ...(["female", "male"] as const).map((gender) =>
      expectation({
        ...warn,
        name: `${table}.gender.${gender}`,
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
      name: `${table}.email.proportion_unique`,
      description: "Of e-mail addresses few repeat",
      rows: AMONG_NAMES,
      kind: "proportion_unique_between",
      column: "email",
      min: 0.8,
      max: 1,
    }),
    expectation({
      ...warn,
      name: `${table}.${born.name}.quantile`,
      description: "45% are born before 1970",
      rows: MANY,
      kind: "quantile_between",
      column: born.column,
      quantile: 0.45,
      min: "1967-01-01T00:00:00.000Z",
      max: "1973-01-01T00:00:00.000Z",
    }),
  ];
}

/** Returns expectations of shares, ranges and means of people. */
export function peopleExpectations(): Expectation[] {
  const warn = { table: "users", severity: "warn" } as const;
  return [
    ...shares("users", { name: "date_of_birth", column: "date_of_birth" }),
    expectation({
      ...warn,
      name: "users.title.in_set",
      description: "Forms of address are those that the API knows",
      kind: "in_set",
      column: "title",
      values: ["Mr", "Ms", "Mrs", "Miss", "Monsieur", "Madame", "Mademoiselle"],
    }),
    expectation({
      ...warn,
      name: "users.date_of_birth.between",
      description: "Births are of the 20th century or just after",
      kind: "between",
      column: "date_of_birth",
      min: "1930-01-01T00:00:00.000Z",
      max: "2010-12-31T23:59:59.999Z",
    }),
    expectation({
      ...warn,
      name: "users.registered_at.between",
      description: "Registrations are of this century",
      kind: "between",
      column: "registered_at",
      min: "2000-01-01T00:00:00.000Z",
    }),
    expectation({
      ...warn,
      name: "users.latitude.mean",
      description: "People are spread over the globe: the mean latitude is near the equator",
      rows: MANY,
      kind: "mean_between",
      column: "latitude",
      min: -10,
      max: 10,
    }),
    expectation({
      ...warn,
      name: "users.fresh",
      description: "The tables were written in the last 30 days",
      kind: "fresh",
      days: 30,
    }),
  ];
}

/** Returns expectations of pages and their people before they become tables. */
export function pageExpectations(): Expectation[] {
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
      // Only a warning: when tables are made, the reject limit stops the run.
      severity: "warn",
      kind: "valid",
      mostly: 0.99,
    }),
    ...shares("people", { name: "dob", column: "dob.date" }),
    ...steady("people", ["gender", "nat"]),
  ];
}

/** Expects public columns to keep their distributions. */
function steady(table: Subject, columns: readonly string[]): Expectation[] {
  return columns.map((column) =>
    expectation({
      name: `${table}.${column}.no_drift`,
      table,
      description: `${column} is distributed as in the last run that passed`,
      severity: "warn",
      kind: "no_drift",
      column,
      significance: 0.001,
    })
  );
}

/** Expects stable distributions in columns where the API does not change them. */
export function steadyExpectations(): Expectation[] {
  return [
    ...steady("users", ["gender", "country_code", "timezone_code"]),
    ...steady("altids", ["altid_name"]),
  ];
}
