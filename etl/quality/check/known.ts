// Known facts about the API. Most are warnings: a run may request one nationality or gender.
import { COUNTRIES, type Nationality } from "../../../schema/mod.ts";
import { type Expectation, expectation, type Rule, type Subject } from "./expectation.ts";

export type Fact = Rule & Partial<Pick<Expectation, "severity" | "mostly" | "where" | "rows">>;

/** Declares a fact about the table that its name begins with. */
export function always(name: string, description: string, fact: Fact): Expectation {
  return expectation({ name, table: name.split(".")[0] as Subject, description, ...fact });
}

export function usually(name: string, description: string, fact: Fact): Expectation {
  return always(name, description, { severity: "warn", ...fact });
}

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

function rowCounts(): Expectation[] {
  const most = { countries: 21, timezones: 30, media: 200 } as const;
  return [
    always("users.rows", "There is at least one person", { kind: "row_count_between", min: 1 }),
    ...Object.entries(most).map(([table, max]) =>
      usually(`${table}.rows`, `There are at most ${max} ${table}`, {
        kind: "row_count_between",
        min: 1,
        max,
      })
    ),
    always("logins.rows", "Each person has one login", {
      kind: "row_count_compared",
      other: "users",
      is: "equal to",
    }),
    always("altids.rows", "Each person has at most one alternative id", {
      kind: "row_count_compared",
      other: "users",
      is: "at most",
    }),
  ];
}

function countries(): Expectation[] {
  return [
    always("countries.country_code.in_set", "Nationalities are the 21 that the API knows", {
      kind: "in_set",
      column: "country_code",
      values: Object.keys(COUNTRIES),
    }),
    always("countries.country_name.in_set", "Countries are the 21 that the API knows", {
      kind: "in_set",
      column: "country_name",
      values: Object.values(COUNTRIES),
    }),
    ...Object.entries(POSTCODES).map(([nat, pattern]) =>
      usually(
        `users.postcode.${nat.toLowerCase()}`,
        `Postcodes of ${COUNTRIES[nat as Nationality]} have the form used there`,
        {
          where: { column: "country_code", in: [nat] },
          kind: "matches",
          column: "postcode",
          pattern,
        },
      )
    ),
  ];
}

function wrongAltids(): string {
  const sqlText = (text: string) => `'${text}'`;
  const kinds = Object.entries(ID_NAMES)
    .map(([country, name]) => `when ${sqlText(country)} then ${sqlText(name)}`).join(" ");
  return [
    "select * from (",
    "  select users.user_id, users.country_code, altids.altid_name,",
    `    case users.country_code ${kinds} end as expected`,
    "  from users left join altids on altids.user_id = users.user_id",
    ") as people",
    "where (altid_name <> expected or (altid_name is null) <> (expected is null))",
    `  and not (altid_name is null and country_code in (${SOMETIMES.map(sqlText).join(", ")}))`,
  ].join("\n");
}

function altids(): Expectation[] {
  return [
    usually(
      "altids.altid_name.in_set",
      "Kinds of alternative ids are those that the API knows",
      { kind: "in_set", column: "altid_name", values: Object.values(ID_NAMES) },
    ),
    usually(
      "altids.altid_value.fi",
      "Finnish ids have the form that the API generates: NaNNA, three digits, undefined",
      {
        where: { column: "altid_name", in: ["HETU"] },
        kind: "matches",
        column: "altid_value",
        pattern: /^NaNNA\d{3}undefined$/,
      },
    ),
    usually(
      "users.altids_by_country",
      "Each person has the kind of alternative id that the country uses, or none if it uses none",
      { kind: "violations", sql: wrongAltids() },
    ),
  ];
}

export function knownExpectations(): Expectation[] {
  return [...rowCounts(), ...countries(), ...altids()];
}
