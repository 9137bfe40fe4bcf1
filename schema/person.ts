/**
 * A person as the API sends one, versions 1.3 and 1.4. Secrets (password, salt, MD5, SHA-1) are not
 * in here: present, absent or malformed, they make no difference and are dropped.
 *
 * @module
 */
import * as v from "valibot";
import { type ApiVersion, COUNTRIES, NATIONALITIES } from "./countries.ts";
import * as value from "./values.ts";

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

/** An alternative id, or an empty name and `null` where the country has none. */
const alternativeId = v.pipe(
  v.object({ name: value.text, value: v.nullable(value.text) }),
  v.forward(
    v.check(
      ({ name, value }) => (name === "") === (value === null),
      "a name with a value, or an empty name with null",
    ),
    ["value"],
  ),
);

const picture = v.object({ large: value.url, medium: value.url, thumbnail: value.url });

function personSchema(version: ApiVersion) {
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
  );
}

/** The schema of a person, by version of the API. */
export const PERSON = { "1.3": personSchema("1.3"), "1.4": personSchema("1.4") } as const;

/** A validated person as the API sent it, without secrets and fields debr does not keep. */
export type Person = v.InferOutput<typeof PERSON["1.4"]>;
