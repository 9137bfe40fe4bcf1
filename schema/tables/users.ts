import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";

/** One row for each person, without login and alternative id. */
export const users: Table<"users", {
  readonly user_id: TypedColumn<"uuid">;
  readonly gender: TypedColumn<"text", "female" | "male">;
  readonly title: TypedColumn<"text">;
  readonly first_name: TypedColumn<"text">;
  readonly last_name: TypedColumn<"text">;
  readonly email: TypedColumn<"text">;
  readonly phone: TypedColumn<"text">;
  readonly cell: TypedColumn<"text">;
  readonly date_of_birth: TypedColumn<"timestamp">;
  readonly registered_at: TypedColumn<"timestamp">;
  readonly street_number: TypedColumn<"integer", number>;
  readonly street_name: TypedColumn<"text">;
  readonly city: TypedColumn<"text">;
  readonly state: TypedColumn<"text">;
  readonly postcode: TypedColumn<"text">;
  readonly latitude: TypedColumn<"decimal">;
  readonly longitude: TypedColumn<"decimal">;
  readonly country_code: TypedColumn<"text">;
  readonly timezone_code: TypedColumn<"text">;
  readonly media_id: TypedColumn<"text">;
}> = table({
  name: "users",
  description: "People: one row each, with address and portrait, without logins and ids.",
  primaryKey: ["user_id"],
  foreignKeys: [
    { column: "country_code", references: "countries" },
    { column: "timezone_code", references: "timezones" },
    { column: "media_id", references: "media" },
  ],
  columns: {
    user_id: column(value.uuid, {
      type: "uuid",
      privacy: "personal",
      description: "debr's own id: a UUID (version 8) from the SHA-256 over the person's values.",
      source: "made by debr from the other columns of this table",
      example: "1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed",
    }),
    gender: column(value.gender, {
      type: "text",
      privacy: "public",
      description: "Gender as the API gives it.",
      source: "gender",
      example: "female",
    }),
    title: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Form of address.",
      source: "name.title",
      example: "Ms",
    }),
    first_name: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Given name, in the script of the country.",
      source: "name.first",
      example: "Ada",
    }),
    last_name: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Family name; may end in a space.",
      source: "name.last",
      example: "Example",
    }),
    email: column(value.email, {
      type: "text",
      privacy: "personal",
      description: "E-mail address; about 12% repeat.",
      source: "email",
      example: "ada.example@example.com",
    }),
    phone: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Telephone number in the form of the country.",
      source: "phone",
      example: "03-5550-0100",
    }),
    cell: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Mobile number in the form of the country.",
      source: "cell",
      example: "0405-550-010",
    }),
    date_of_birth: column(value.timestamp, {
      type: "timestamp",
      privacy: "personal",
      description: "Moment of birth.",
      source: "dob.date",
      unit: "ms since 1970, UTC",
      example: "1960-02-29T05:06:07.089Z",
    }),
    registered_at: column(value.timestamp, {
      type: "timestamp",
      privacy: "personal",
      description: "Moment of registration; may be before the 18th birthday.",
      source: "registered.date",
      unit: "ms since 1970, UTC",
      example: "2010-11-12T13:14:15.016Z",
    }),
    street_number: column(value.integer, {
      type: "integer",
      privacy: "personal",
      description: "House number.",
      source: "location.street.number",
      example: "42",
    }),
    street_name: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Street; empty about once in 100,000.",
      source: "location.street.name",
      example: "Example Street",
    }),
    city: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "City; may hold quotes and double spaces.",
      source: "location.city",
      example: "Exampleton",
    }),
    state: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "State, province or region.",
      source: "location.state",
      example: "Queensland",
    }),
    postcode: column(value.text, {
      type: "text",
      privacy: "personal",
      description: "Postal code as text: Norway's have leading zeros, others letters.",
      source: "location.postcode",
      example: "0422",
    }),
    latitude: column(value.latitude, {
      type: "decimal",
      privacy: "personal",
      description: "Latitude; unrelated to the country.",
      source: "location.coordinates.latitude",
      unit: "degrees north",
      example: "-12.3400",
    }),
    longitude: column(value.longitude, {
      type: "decimal",
      privacy: "personal",
      description: "Longitude; unrelated to the country.",
      source: "location.coordinates.longitude",
      unit: "degrees east",
      example: "156.7800",
    }),
    country_code: column(value.filledText, {
      type: "text",
      privacy: "public",
      description: "Nationality, and the country of the address.",
      source: "nat",
      example: "AU",
    }),
    timezone_code: column(value.code, {
      type: "text",
      privacy: "public",
      description: "Time zone; unrelated to the country.",
      source: "made by debr from location.timezone",
      example: "8f14e45fceea167a",
    }),
    media_id: column(value.code, {
      type: "text",
      privacy: "personal",
      description: "Portrait.",
      source: "made by debr from picture",
      example: "c9f0f895fb98ab91",
    }),
  },
});
