/**
 * Evaluates each kind of expectation on a good and on a broken dataset, for both engines.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  type Expectation,
  expectation,
  type Kind,
  type Spec,
} from "../../../etl/quality/check/expectation.ts";
import type { Outcome, Surroundings } from "../../../etl/quality/check/outcome.ts";
import { checkTables } from "../../../etl/quality/check/tables.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import type { EngineName } from "../../../etl/query/options.ts";
import { brokenDataset, keepRows, type LooseTables } from "./dataset.ts";

const NOW = Date.parse("2022-06-01T00:00:00.000Z");
const HOUR = 3_600_000;

/** An expectation, and the result on the broken dataset: the rows that fail, or what it observes. */
interface Case {
  readonly spec: Spec;
  readonly failed?: number;
  readonly observed?: RegExp;
}

/** Makes a case, by default of the table `users`. */
function of(spec: object, expected: Omit<Case, "spec"> = {}): Case {
  const common = { name: "", table: "users", description: "Holds" };
  return { spec: { ...common, ...spec } as unknown as Spec, ...expected };
}

/** The number of people in the dataset. */
const PEOPLE = 60;

/** One case or more of each kind that applies to tables. */
const CASES: readonly Case[] = [
  of({ kind: "not_null", column: "city" }, { failed: 2 }),
  of({ kind: "in_set", column: "gender", values: ["female", "male"] }, { failed: 60 }),
  of({ kind: "matches", column: "email", pattern: /^[^\s@]+@[^\s@]+$/ }, { failed: 3 }),
  of({
    kind: "matches",
    column: "postcode",
    pattern: /^\d+/,
    where: { column: "state", in: ["Here"] },
  }, { failed: 1 }),
  of({ kind: "between", column: "longitude", min: -180, max: 180 }, { failed: 2 }),
  of({ kind: "between", column: "street_number", min: 0 }, { failed: 1 }),
  of(
    { kind: "between", column: "registered_at", max: "2022-12-31T23:59:59.999Z" },
    { failed: 1 },
  ),
  of({ kind: "length", column: "cell", min: 1, max: 40 }, { failed: 2 }),
  of({ kind: "unique", column: "phone" }, { failed: 3 }),
  of({ kind: "compound_unique", table: "altids", columns: ["user_id", "altid_name"] }, {
    failed: 2,
  }),
  of({ kind: "foreign_key", column: "country_code", references: "countries" }, { failed: 1 }),
  of({ kind: "foreign_key", table: "logins", column: "user_id", references: "users" }, {
    failed: 1,
  }),
  of({ kind: "type", column: "latitude", type: "decimal" }, { observed: /^DOUBLE$/ }),
  of({ kind: "type", table: "logins", column: "user_id", type: "uuid" }, { observed: /VARCHAR/ }),
  of({ kind: "type", column: "date_of_birth", type: "timestamp" }, { observed: /TIME ZONE/ }),
  of({ kind: "row_count_between", table: "media", min: 1, max: 300 }, { observed: /^0 rows$/ }),
  of({ kind: "row_count_compared", table: "logins", other: "users", is: "equal to" }, {
    observed: /^61 rows, users 60$/,
  }),
  of({ kind: "row_count_compared", table: "altids", other: "users", is: "at most" }, {
    observed: /, users 60$/,
  }),
  of({ kind: "fresh", days: 1 }, { observed: /^3 days old$/ }),
  of({ kind: "fresh", days: 400, table: "users", column: "registered_at" }),
  of({ kind: "mean_between", column: "latitude", min: -40, max: 40 }, { observed: /^about 90$/ }),
  of({ kind: "quantile_between", column: "street_number", quantile: 0.5, min: 100, max: 9999 }),
  of({
    kind: "quantile_between",
    column: "date_of_birth",
    quantile: 0.5,
    min: "1950-01-01T00:00:00.000Z",
    max: "1990-01-01T00:00:00.000Z",
  }, { observed: /^2001$/ }),
  of({ kind: "proportion_unique_between", column: "last_name", min: 0.2, max: 1 }, {
    observed: /^0\.01/,
  }),
  of({ kind: "no_drift", column: "gender", significance: 0.001 }, { observed: /^chi-square/ }),
  of({ kind: "violations", sql: "select * from users where title = 'Dr'; -- no doctors" }, {
    failed: 1,
  }),
];

/** Breaks every case but `between` of `registered_at`, because `fresh` needs old dates there. */
function breakTables(tables: LooseTables): void {
  const { users, logins, altids, countries, media } = tables;
  const set = (column: string, row: number, value: unknown) => {
    users[column]!.values[row] = value;
  };
  set("city", 0, null);
  set("city", 1, null);
  users["gender"]!.values.fill("unknown");
  set("email", 0, "nobody");
  set("email", 1, "no\u2003body@example.com");
  set("email", 2, "nobody@example.com\n");
  set("state", 0, "Here");
  set("postcode", 0, "x1");
  set("state", 1, "There");
  set("postcode", 1, "x1");
  set("longitude", 0, 180.0001);
  set("longitude", 1, -999.9999);
  users["street_number"]!.values.fill(5);
  set("street_number", 0, -1);
  users["registered_at"]!.values.fill(Date.parse("2003-01-01T00:00:00.000Z"));
  set("cell", 0, "");
  set("cell", 1, "é".repeat(41));
  for (const row of [3, 4, 5]) set("phone", row, "0");
  set("phone", 6, null);
  set("phone", 7, null);
  users["latitude"] = { type: "double", values: Array(PEOPLE).fill(89.5) };
  users["date_of_birth"] = {
    type: "zoned",
    values: Array(PEOPLE).fill(Date.parse("2001-01-01T00:00:00.000Z")),
  };
  users["last_name"]!.values.fill("Same");
  set("title", 0, "Dr");
  set("country_code", 0, "XX");
  const uuid = (bytes: Uint8Array) =>
    bytes.toHex().replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  logins["user_id"] = {
    type: "text",
    values: [
      ...logins["user_id"]!.values.map(uuid),
      "00000000-0000-4000-8000-000000000000",
    ],
  };
  for (const column of ["login_external_uuid", "username", "sha256"]) {
    logins[column]!.values.push(logins[column]!.values[0]);
  }
  for (const column of Object.values(altids)) {
    const [first] = column.values;
    while (column.values.length < PEOPLE) column.values.push(column.values.at(-1));
    column.values.push(first);
  }
  altids["altid_name"]!.values = altids["altid_name"]!.values.map((_, row, all) =>
    row === 0 || row === all.length - 1 ? "Same" : `Kind ${row}`
  );
  keepRows(countries, () => true);
  keepRows(media, () => false);
}

/** Breaks `between` of `registered_at` by a registration in the future. */
function breakDate(tables: LooseTables): void {
  tables.users["registered_at"]!.values[0] = Date.parse("2023-01-01T00:00:00.000Z");
}

function named(): Expectation[] {
  return CASES.map(({ spec }, at) => expectation({ ...spec, name: `${at} ${spec.kind}` }));
}

async function evaluated(
  root: string,
  { engine, ...around }: { readonly engine: EngineName } & Partial<Surroundings>,
): Promise<readonly Outcome[]> {
  const dataset = await openDataset(root, { engine });
  const surroundings = { now: NOW, written: () => Promise.resolve(NOW - HOUR), ...around };
  try {
    const { outcomes } = await checkTables(named(), { dataset, ...surroundings });
    for (const { query, failed, expectation: { name } } of outcomes) {
      if (query === undefined) continue;
      const { rowCount } = await dataset.query(query);
      assertEquals([name, rowCount], [name, failed]);
    }
    return outcomes;
  } finally {
    dataset.close();
  }
}

const BASELINE = { at: "2022-05-01", profile: { "users.gender": { female: 31, male: 29 } } };

/** Returns the outcomes on a good dataset and on broken ones. */
export async function evaluateCases(engine: EngineName) {
  await using good = await brokenDataset(() => {}, PEOPLE);
  await using bad = await brokenDataset(breakTables, PEOPLE);
  await using future = await brokenDataset(breakDate, PEOPLE);
  const written = () => Promise.resolve(NOW - 72 * HOUR);
  const around = { engine, baseline: BASELINE };
  const worse = await evaluated(bad.path, { ...around, written });
  const later = await evaluated(future.path, around);
  const isLate = ({ expectation: { rule } }: Outcome) =>
    rule.kind === "between" && rule.column === "registered_at";
  return {
    good: await evaluated(good.path, around),
    bad: worse.map((outcome, at) => isLate(outcome) ? later[at]! : outcome),
  };
}

/** Asserts that every kind passes on good rows and fails on bad ones, with the right count. */
export async function assertKinds(engine: EngineName): Promise<void> {
  const { good, bad } = await evaluateCases(engine);
  for (const { expectation: { name }, verdict, reason } of good) {
    assertEquals([name, verdict, reason], [name, "passed", undefined]);
  }
  for (const [at, { failed, observed }] of CASES.entries()) {
    const found = bad[at]!;
    const { name } = found.expectation;
    assertEquals([name, found.verdict, found.reason], [name, "failed", undefined]);
    if (failed !== undefined) assertEquals([name, found.failed], [name, failed]);
    if (observed !== undefined) {
      assert(observed.test(found.observed ?? ""), `${name}: ${found.observed}`);
    }
  }
}

/** Returns the kinds that the cases cover. */
export function coveredKinds(): Set<Kind> {
  return new Set(CASES.map(({ spec }) => spec.kind));
}
