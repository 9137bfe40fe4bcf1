// How the API's people are as a whole.
import type { TableName } from "../../../schema/mod.ts";
import { type Expectation, expectation } from "./expectation.ts";

/** Rows from which shares and means say something. */
const MANY = { min: 1000 } as const;

/** Few e-mail addresses repeat as long as there are not many more people than names. */
const AMONG_NAMES = { min: 1000, max: 300_000 } as const;

/** Shares, ranges and means of people. */
export function peopleExpectations(): Expectation[] {
  const warn = { table: "users", severity: "warn" } as const;
  return [
    ...(["female", "male"] as const).map((gender) =>
      expectation({
        ...warn,
        name: `users.gender.${gender}`,
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
      name: "users.title.in_set",
      description: "Forms of address are those that the API knows",
      kind: "in_set",
      column: "title",
      values: ["Mr", "Ms", "Mrs", "Miss", "Monsieur", "Madame", "Mademoiselle"],
    }),
    expectation({
      ...warn,
      name: "users.email.proportion_unique",
      description: "Of e-mail addresses few repeat",
      rows: AMONG_NAMES,
      kind: "proportion_unique_between",
      column: "email",
      min: 0.8,
      max: 1,
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
      name: "users.date_of_birth.quantile",
      description: "45% are born before 1970",
      rows: MANY,
      kind: "quantile_between",
      column: "date_of_birth",
      quantile: 0.45,
      min: "1967-01-01T00:00:00.000Z",
      max: "1973-01-01T00:00:00.000Z",
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

/** Public columns whose distribution the API does not change. */
const STEADY = {
  users: ["gender", "country_code", "timezone_code"],
  altids: ["altid_name"],
} as const;

/** Public columns are distributed as they were. */
export function steadyExpectations(): Expectation[] {
  return Object.entries(STEADY).flatMap(([table, columns]) =>
    columns.map((column) =>
      expectation({
        name: `${table}.${column}.no_drift`,
        table: table as TableName,
        description: `${column} is distributed as in the last run that passed`,
        severity: "warn",
        kind: "no_drift",
        column,
        significance: 0.001,
      })
    )
  );
}
