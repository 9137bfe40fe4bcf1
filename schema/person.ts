/**
 * A person as the API sends one, versions 1.3 and 1.4. Secrets (password, salt, MD5, SHA-1) are not
 * in here: present, absent or malformed, they make no difference and are dropped.
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
  /** A number for most, text for CA, GB, NL and NO. */
  postcode: v.union(
    [v.pipe(v.number(), v.safeInteger(POSTCODE), v.minValue(0, POSTCODE)), value.text],
    POSTCODE,
  ),
  coordinates: v.object({ latitude: value.latitude, longitude: value.longitude }),
  timezone: v.object({ offset: value.utcOffset, description: value.text }),
});

const login = v.object({ uuid: value.uuid, username: value.text, sha256: value.sha256 });

/** The alternative id where the country has none. */
const NO_ID = { name: "", value: null };

/** An alternative id, or an empty name and `null` where the country has none. */
const alternativeId = v.pipe(
  v.object({ name: value.text, value: v.nullable(value.text) }),
  v.forward(
    v.check(
      ({ name, value }) => (name === NO_ID.name) === (value === NO_ID.value),
      "a name with a value, or an empty name with null",
    ),
    ["value"],
  ),
  // As data too, for engines that cannot call the function.
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

/** The schema of a person, by version of the API. */
export const PERSON: Readonly<Record<ApiVersion, Schema<unknown, Person>>> = {
  "1.3": personSchema("1.3"),
  "1.4": personSchema("1.4"),
};

/**
 * A validated person as the API sent it, without secrets and fields debr does not keep. Text is kept
 * to the last space and may be empty.
 */
export interface Person {
  /** Gender as the API gives it. */
  gender: "female" | "male";
  /** Form of address, given and family name, in the script of the country. */
  name: { title: string; first: string; last: string };
  /** Address, with coordinates and time zone. */
  location: {
    street: { number: number; name: string };
    city: string;
    state: string;
    /** In English; one to one with `nat`. */
    country: string;
    /** A whole number for most, text for CA, GB, NL and NO. */
    postcode: number | string;
    /** Degrees with four decimals, as text; unrelated to the country. */
    coordinates: { latitude: string; longitude: string };
    /** Offset from UTC as `+5:45`, and cities; unrelated to the country. */
    timezone: { offset: string; description: string };
  };
  /** One `@` and no white space; about 12% repeat. */
  email: string;
  /** `uuid` depends on seed, page and position only; `sha256` is that of password and salt. */
  login: { uuid: string; username: string; sha256: string };
  /** Moment of birth in UTC, `1990-01-31T12:34:56.789Z`. */
  dob: { date: string };
  /** Moment of registration in UTC, `1990-01-31T12:34:56.789Z`. */
  registered: { date: string };
  /** Telephone number in the form of the country. */
  phone: string;
  /** Mobile number in the form of the country. */
  cell: string;
  /** An alternative id, or an empty name and `null` where the country has none. */
  id: { name: string; value: string | null };
  /** Addresses of one portrait, 128, 72 and 48 pixels wide. */
  picture: { large: string; medium: string; thumbnail: string };
  /** Nationality, and the country of the address. */
  nat: Nationality;
}
