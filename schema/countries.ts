/**
 * The nationalities of the API; each has exactly one country.
 *
 * @module
 */

/** Country names by nationality, API version 1.4. */
export const COUNTRIES = {
  AU: "Australia",
  BR: "Brazil",
  CA: "Canada",
  CH: "Switzerland",
  DE: "Germany",
  DK: "Denmark",
  ES: "Spain",
  FI: "Finland",
  FR: "France",
  GB: "United Kingdom",
  IE: "Ireland",
  IN: "India",
  IR: "Iran",
  MX: "Mexico",
  NL: "Netherlands",
  NO: "Norway",
  NZ: "New Zealand",
  RS: "Serbia",
  TR: "Turkey",
  UA: "Ukraine",
  US: "United States",
} as const;

/** A nationality of the API: an ISO 3166 code of two letters. */
export type Nationality = keyof typeof COUNTRIES;

/** The versions of the API that debr reads. */
export const API_VERSIONS = ["1.3", "1.4"] as const;

/** A version of the API that debr reads. */
export type ApiVersion = typeof API_VERSIONS[number];

const SINCE_1_4: readonly Nationality[] = ["IN", "MX", "RS", "UA"];
const ALL = Object.keys(COUNTRIES) as Nationality[];

/** The nationalities that each version of the API returns. */
export const NATIONALITIES: Readonly<Record<ApiVersion, readonly Nationality[]>> = {
  "1.3": ALL.filter((nat) => !SINCE_1_4.includes(nat)),
  "1.4": ALL,
};
