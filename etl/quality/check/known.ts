// Known facts about the API beyond the schema. Most are warnings, because a run may request only
// one nationality or gender.
import { COUNTRIES, type Nationality, type TableName } from "../../../schema/mod.ts";
import { type Expectation, expectation } from "./expectation.ts";
import { peopleExpectations, steadyExpectations } from "./known_people.ts";

/** Nationalities without an alternative id in version 1.3. */
const SOMETIMES: readonly Nationality[] = ["BR", "CA", "DE"];

/** Postcodes by nationality, if all postcodes of the country have one form. */
const POSTCODES: Partial<Record<Nationality, RegExp>> = {
  AU: /^[1-9]\d{2,3}$/,
  CA: /^[A-Z]\d[A-Z] \d[A-Z]\d$/,
  CH: /^\d{4}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/,
  NL: /^(?:\d{4} [A-Z]{2}|\d{5})$/, // Version 1.3 has only digits.
  NO: /^\d{4}$/,
};

/** Names of alternative ids. Iran, New Zealand, Turkey and Ukraine have none. */
const ID_NAMES: Partial<Record<Nationality, string>> = {
  AU: "TFN",
  BR: "CPF",
  CA: "SIN",
  CH: "AVS",
  DE: "SVNR",
  DK: "CPR",
  ES: "DNI",
  FI: "HETU",
  FR: "INSEE",
  GB: "NINO",
  IE: "PPS",
  IN: "UIDAI",
  MX: "NSS",
  NL: "BSN",
  NO: "FN",
  RS: "SID",
  US: "SSN",
};

const sqlText = (text: string) => `'${text}'`;

function rowCounts(): Expectation[] {
  const most = { countries: 21, timezones: 30, media: 200 } as const;
  return [
    expectation({
      name: "users.rows",
      table: "users",
      description: "There is at least one person",
      kind: "row_count_between",
      min: 1,
    }),
    ...Object.entries(most).map(([table, max]) =>
      expectation({
        name: `${table}.rows`,
        table: table as TableName,
        description: `There are at most ${max} ${table}`,
        severity: "warn",
        kind: "row_count_between",
        min: 1,
        max,
      })
    ),
    expectation({
      name: "logins.rows",
      table: "logins",
      description: "Each person has one login",
      kind: "row_count_compared",
      other: "users",
      is: "equal to",
    }),
    expectation({
      name: "altids.rows",
      table: "altids",
      description: "Each person has at most one alternative id",
      kind: "row_count_compared",
      other: "users",
      is: "at most",
    }),
  ];
}

function countries(): Expectation[] {
  return [
    expectation({
      name: "countries.country_code.in_set",
      table: "countries",
      description: "Nationalities are the 21 that the API knows",
      kind: "in_set",
      column: "country_code",
      values: Object.keys(COUNTRIES),
    }),
    expectation({
      name: "countries.country_name.in_set",
      table: "countries",
      description: "Countries are the 21 that the API knows",
      kind: "in_set",
      column: "country_name",
      values: Object.values(COUNTRIES),
    }),
    ...Object.entries(POSTCODES).map(([nat, pattern]) =>
      expectation({
        name: `users.postcode.${nat.toLowerCase()}`,
        table: "users",
        description: `Postcodes of ${COUNTRIES[nat as Nationality]} look as they do there`,
        severity: "warn",
        where: { column: "country_code", in: [nat] },
        kind: "matches",
        column: "postcode",
        pattern,
      })
    ),
  ];
}

function altids(): Expectation[] {
  const kinds = Object.entries(ID_NAMES)
    .map(([country, name]) => `when ${sqlText(country)} then ${sqlText(name)}`).join(" ");
  return [
    expectation({
      name: "altids.altid_name.in_set",
      table: "altids",
      description: "Kinds of alternative ids are those that the API knows",
      severity: "warn",
      kind: "in_set",
      column: "altid_name",
      values: Object.values(ID_NAMES),
    }),
    expectation({
      name: "altids.altid_value.fi",
      table: "altids",
      description: "Finnish ids are what the API makes of them: NaNNA, three digits, undefined",
      severity: "warn",
      where: { column: "altid_name", in: ["HETU"] },
      kind: "matches",
      column: "altid_value",
      pattern: /^NaNNA\d{3}undefined$/,
    }),
    expectation({
      name: "users.altids_by_country",
      table: "users",
      description:
        "Each person has the kind of alternative id of the country, or none if it has none",
      severity: "warn",
      kind: "violations",
      sql: [
        "select * from (",
        "  select users.user_id, users.country_code, altids.altid_name,",
        `    case users.country_code ${kinds} end as expected`,
        "  from users left join altids on altids.user_id = users.user_id",
        ") as people",
        "where (altid_name <> expected or (altid_name is null) <> (expected is null))",
        `  and not (altid_name is null and country_code in (${SOMETIMES.map(sqlText).join(", ")}))`,
      ].join("\n"),
    }),
  ];
}

export function knownExpectations(): Expectation[] {
  return [
    ...rowCounts(),
    ...countries(),
    ...altids(),
    ...peopleExpectations(),
    ...steadyExpectations(),
  ];
}
