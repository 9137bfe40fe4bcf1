/**
 * A person of the API, versions 1.3 and 1.4. Secrets (password, salt, MD5, SHA-1) are dropped
 * without validation, so they may be missing or malformed.
 *
 * @module
 */
import * as v from "valibot";
import { type ApiVersion, COUNTRIES, NATIONALITIES, type Nationality } from "./countries.ts";
import * as value from "./values.ts";
import type { Schema } from "./valibot/schema.ts";

const moment = v.object({ date: value.timestamp });

const POSTCODE = "a whole number, 0 or more, or text";

const location = v.object({
  street: v.object({ number: value.integer, name: value.text }),
  city: value.text,
  state: value.text,
  country: value.filledText,
  /** A number for most countries, text for CA, GB, NL and NO. */
  postcode: v.union(
    [v.pipe(v.number(), v.safeInteger(POSTCODE), v.minValue(0, POSTCODE)), value.text],
    POSTCODE,
  ),
  coordinates: v.object({ latitude: value.latitude, longitude: value.longitude }),
  timezone: v.object({ offset: value.utcOffset, description: value.text }),
});

const login = v.object({ uuid: value.uuid, username: value.text, sha256: value.sha256 });

/** The alternative id of a country that has none. */
const NO_ID = { name: "", value: null };

/** An alternative id, or an empty name and `null` if the country has none. */
const alternativeId = v.pipe(
  v.object({ name: value.text, value: v.nullable(value.text) }),
  v.forward(
    v.check(
      ({ name, value }) => (name === NO_ID.name) === (value === NO_ID.value),
      "a name with a value, or an empty name with null",
    ),
    ["value"],
  ),
  // Declares the rule also as data, for engines that cannot call the function.
  v.metadata({ together: NO_ID }),
);

const picture = v.object({ large: value.url, medium: value.url, thumbnail: value.url });

function personSchema(version: ApiVersion): Schema<unknown, Person> {
  const nationalities = NATIONALITIES[version];
  return v.pipe(
    v.object({
      gender: value.gender,
      name: v.object({ title: value.text, first: value.text, last: value.text }),
      location,
      email: value.email,
      login,
      dob: moment,
      registered: moment,
      phone: value.text,
      cell: value.text,
      id: alternativeId,
      picture,
      nat: v.picklist(nationalities, `one of ${nationalities.join(", ")}`),
    }),
    v.forward(
      v.check(
        ({ nat, location }) => COUNTRIES[nat] === location.country,
        "the name of the country that nat stands for",
      ),
      ["location", "country"],
    ),
    v.metadata({ pairs: { keys: "nat", values: "location.country", of: COUNTRIES } }),
  );
}

/** The schema of a person for each version of the API. */
export const PERSON: Readonly<Record<ApiVersion, Schema<unknown, Person>>> = {
  "1.3": personSchema("1.3"),
  "1.4": personSchema("1.4"),
};

/**
 * A validated person, without secrets and fields that debr does not store. Text keeps its spaces
 * and may be empty.
 */
export interface Person {
  /** Gender. */
  gender: "female" | "male";
  /** Form of address, given and family name, in the script of the country. */
  name: { title: string; first: string; last: string };
  /** Address, with coordinates and time zone. */
  location: {
    street: { number: number; name: string };
    city: string;
    state: string;
    /** The English name; each `nat` has exactly one. */
    country: string;
    /** An integer for most countries, text for CA, GB, NL and NO. */
    postcode: number | string;
    /** Degrees with four decimals, as text; unrelated to the country. */
    coordinates: { latitude: string; longitude: string };
    /** Offset from UTC such as `+5:45`, and cities; unrelated to the country. */
    timezone: { offset: string; description: string };
  };
  /** Contains one `@` and no white space; about 12% of the addresses are repeated. */
  email: string;
  /** `uuid` depends only on seed, page and position; `sha256` is the hash of password and salt. */
  login: { uuid: string; username: string; sha256: string };
  /** Time of birth in UTC, `1990-01-31T12:34:56.789Z`. */
  dob: { date: string };
  /** Time of registration in UTC, `1990-01-31T12:34:56.789Z`. */
  registered: { date: string };
  /** Telephone number in the form of the country. */
  phone: string;
  /** Mobile number in the form of the country. */
  cell: string;
  /** An alternative id, or an empty name and `null` if the country has none. */
  id: { name: string; value: string | null };
  /** Addresses of one portrait, 128, 72 and 48 pixels wide. */
  picture: { large: string; medium: string; thumbnail: string };
  /** Nationality, and the country of the address. */
  nat: Nationality;
}
