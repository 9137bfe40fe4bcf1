import type { Expectation, Subject } from "./expectation.ts";
import { always, usually } from "./known.ts";

/** The least number of rows for meaningful shares and means. */
const MANY = { min: 1000 } as const;

/** The scope of unique e-mail addresses: with many more people than names, many repeat. */
const AMONG_NAMES = { min: 1000, max: 300_000 } as const;

/** Returns shares for tables and pages; `born` is the column or path of the date of birth. */
function shares(table: Subject, born: string): Expectation[] {
  return [
    ...["female", "male"].map((gender) =>
      usually(`${table}.gender.${gender}`, `At least 4 of 10 people are ${gender}`, {
        rows: MANY,
        mostly: 0.4,
        kind: "in_set",
        column: "gender",
        values: [gender],
      })
    ),
    usually(`${table}.email.proportion_unique`, "Few e-mail addresses repeat", {
      rows: AMONG_NAMES,
      kind: "proportion_unique_between",
      column: "email",
      min: 0.8,
      max: 1,
    }),
    usually(`${table}.${born.split(".")[0]}.quantile`, "45% are born before 1970", {
      rows: MANY,
      kind: "quantile_between",
      column: born,
      quantile: 0.45,
      min: "1967-01-01T00:00:00.000Z",
      max: "1973-01-01T00:00:00.000Z",
    }),
  ];
}

function steady(table: Subject, column: string): Expectation {
  return usually(
    `${table}.${column}.no_drift`,
    `${column} is distributed as in the last run that passed`,
    { kind: "no_drift", column, significance: 0.001 },
  );
}

export function peopleExpectations(): Expectation[] {
  return [
    ...shares("users", "date_of_birth"),
    usually("users.title.in_set", "Titles are those that the API knows", {
      kind: "in_set",
      column: "title",
      values: ["Mr", "Ms", "Mrs", "Miss", "Monsieur", "Madame", "Mademoiselle"],
    }),
    usually("users.date_of_birth.between", "People are born from 1930 to 2010", {
      kind: "between",
      column: "date_of_birth",
      min: "1930-01-01T00:00:00.000Z",
      max: "2010-12-31T23:59:59.999Z",
    }),
    usually("users.registered_at.between", "Registrations are in this century", {
      kind: "between",
      column: "registered_at",
      min: "2000-01-01T00:00:00.000Z",
    }),
    usually(
      "users.latitude.mean",
      "People are spread over the globe: the mean latitude is near the equator",
      { rows: MANY, kind: "mean_between", column: "latitude", min: -10, max: 10 },
    ),
    usually("users.fresh", "The tables were written in the last 30 days", {
      kind: "fresh",
      days: 30,
    }),
    steady("users", "gender"),
    steady("users", "country_code"),
    steady("users", "timezone_code"),
    steady("altids", "altid_name"),
  ];
}

export function pageExpectations(): Expectation[] {
  return [
    always("pages.intact", "Each page is well-formed and has as many people as it says", {
      kind: "intact",
    }),
    usually("pages.digest.unique", "No page is repeated", { kind: "unique", column: "digest" }),
    always("people.rows", "There is at least one person", { kind: "row_count_between", min: 1 }),
    // Only a warning: when tables are made, the reject limit stops the run.
    usually("people.valid", "People pass every rule of the schema", {
      kind: "valid",
      mostly: 0.99,
    }),
    ...shares("people", "dob.date"),
    steady("people", "gender"),
    steady("people", "nat"),
  ];
}
