/**
 * The types of rows and people, so that a change of the schema is visible here.
 *
 * @module
 */
import type * as v from "valibot";
import type { ColumnsOf } from "../../etl/transform/normalise/columns.ts";
import type { Tables } from "../../etl/transform/normalise/decode.ts";
import type { Texts } from "../../etl/transform/normalise/texts.ts";
import type { PERSON, Person, Row, TableName, TABLES, TypeOf } from "../../schema/mod.ts";
import { holds, type Same } from "./types.ts";

type Printed<Names extends string> = { [N in Names]: string };

/** Flattens intersections, so that types can be compared. */
type Flat<T> = { [K in keyof T]: T[K] };

Deno.test("each schema infers the type of its row", () => {
  holds<
    Same<TableName, "users" | "logins" | "media" | "timezones" | "countries" | "altids">
  >();
  holds<
    Same<
      Flat<Row<"users">>,
      Flat<
        & { gender: "female" | "male"; street_number: number }
        & Printed<"user_id" | "title" | "first_name" | "last_name" | "email" | "phone" | "cell">
        & Printed<"date_of_birth" | "registered_at" | "street_name" | "city" | "state" | "postcode">
        & Printed<"latitude" | "longitude" | "country_code" | "timezone_code" | "media_id">
      >
    >
  >();
  holds<
    Same<
      Flat<Row<"logins">>,
      Flat<Printed<"user_id" | "login_external_uuid" | "username" | "sha256">>
    >
  >();
  holds<
    Same<
      Flat<Row<"media">>,
      Flat<Printed<"media_id" | "large_url" | "medium_url" | "thumbnail_url">>
    >
  >();
  holds<
    Same<Flat<Row<"timezones">>, Flat<Printed<"timezone_code" | "utc_offset" | "description">>>
  >();
  holds<Same<Flat<Row<"countries">>, Flat<Printed<"country_code" | "country_name">>>>();
  holds<Same<Flat<Row<"altids">>, Flat<Printed<"user_id" | "altid_name" | "altid_value">>>>();
});

Deno.test("a person has no secrets, and the versions differ only in nationalities", () => {
  type Version13 = v.InferOutput<typeof PERSON["1.3"]>;
  holds<Same<keyof Person["login"], "uuid" | "username" | "sha256">>();
  holds<Same<keyof Person["dob"], "date">>();
  holds<Same<Person["id"]["value"], string | null>>();
  holds<Same<Person["location"]["postcode"], string | number>>();
  holds<Same<keyof Person, keyof Version13>>();
  holds<Same<Flat<Omit<Person, "nat">>, Flat<Omit<Version13, "nat">>>>();
});

Deno.test("each type of column has its own type of array", () => {
  type Users = ColumnsOf<"users">;
  holds<Same<Users["user_id"], Uint8Array<ArrayBuffer>>>();
  holds<Same<Users["email"], Texts>>();
  holds<Same<Users["street_number"], Int32Array<ArrayBuffer>>>();
  holds<Same<Users["latitude"], Int32Array<ArrayBuffer>>>();
  holds<Same<Users["registered_at"], Float64Array<ArrayBuffer>>>();
  holds<Same<keyof Users, keyof Row<"users">>>();
  holds<Same<TypeOf<typeof TABLES.users.columns.longitude>, "decimal">>();
  holds<Same<TypeOf<v.StringSchema<undefined>>, never>>();
});

Deno.test("the six tables of the library have arrays of row values", () => {
  holds<Same<Tables["users"]["gender"], readonly ("female" | "male")[]>>();
  holds<Same<Tables["users"]["street_number"], readonly number[]>>();
  holds<Same<Tables["altids"]["altid_value"], readonly string[]>>();
  holds<Same<keyof Tables, TableName>>();
});
