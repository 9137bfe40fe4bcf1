/**
 * Broken tables on which two validators must agree.
 *
 * @module
 */
import { keepRows, type LooseTables } from "./dataset.ts";

function set(tables: LooseTables, [table, column]: readonly [keyof LooseTables, string]) {
  return (value: unknown, ...rows: readonly number[]) => {
    const { values } = tables[table][column]!;
    for (const row of rows.length > 0 ? rows : values.keys()) values[row] = value;
  };
}

/** Changes that break tables, by title. */
export const BROKEN: Readonly<Record<string, (tables: LooseTables) => void>> = {
  "values are missing": (tables) => {
    set(tables, ["users", "city"])(null, 1, 2, 3);
    set(tables, ["users", "latitude"])(null, 4);
    set(tables, ["users", "date_of_birth"])(null, 5);
    set(tables, ["users", "street_number"])(null, 6);
    set(tables, ["logins", "user_id"])(null, 7);
  },
  "values are in no known set": (tables) => {
    set(tables, ["users", "gender"])("unknown", 1, 2);
    set(tables, ["users", "title"])("Dr", 3);
    set(tables, ["countries", "country_name"])("Atlantis", 0);
    set(tables, ["altids", "altid_name"])("XYZ", 5, 6);
  },
  "texts do not match their patterns": (tables) => {
    set(tables, ["users", "email"])("nobody", 1, 2, 3, 4);
    set(tables, ["users", "email"])("no\u2003body@example.com", 5);
    set(tables, ["users", "email"])("nobody@example.com\n", 6);
    set(tables, ["users", "city"])("a\u0085b", 7);
    set(tables, ["users", "city"])("\ufeffa", 8);
    set(tables, ["logins", "sha256"])("0".repeat(63) + "G", 1, 2);
    set(tables, ["timezones", "utc_offset"])("٣:00", 0);
    set(tables, ["altids", "altid_value"])("NaNNA٣٣٣undefined");
    set(tables, ["users", "postcode"])("AB");
  },
  "numbers and timestamps are out of range": (tables) => {
    set(tables, ["users", "latitude"])(90.0001, 1, 2);
    set(tables, ["users", "longitude"])(-180.0001, 3);
    set(tables, ["users", "date_of_birth"])(Date.parse("1899-01-01"), 4);
    set(tables, ["users", "registered_at"])(Date.parse("1999-12-31T23:59:59.999Z"), 5);
  },
  "keys repeat": ({ users, altids, media }) => {
    users["user_id"]!.values[1] = users["user_id"]!.values[0];
    users["user_id"]!.values[2] = users["user_id"]!.values[0];
    for (const column of Object.values(altids)) column.values[1] = column.values[0];
    media["media_id"]!.values[1] = media["media_id"]!.values[0];
  },
  "foreign keys are broken": (tables) => {
    set(tables, ["users", "country_code"])("XX", 1, 2);
    set(tables, ["logins", "user_id"])(new Uint8Array(16), 3);
    keepRows(tables.timezones, (row) => row !== 0);
  },
  "rows are missing": ({ logins, altids }) => {
    keepRows(logins, (row) => row > 9);
    keepRows(altids, () => false);
  },
  "columns have other types": ({ users, logins }) => {
    users["latitude"]!.type = "double";
    users["registered_at"]!.type = "zoned";
    users["street_number"]!.type = "double";
    logins["login_external_uuid"]!.type = "text";
    logins["login_external_uuid"]!.values.fill("5ca1ab1e-0000-4000-8000-00000c0ffee0");
  },
  "columns are missing": ({ users, timezones, altids }) => {
    delete users["phone"];
    delete users["latitude"];
    delete timezones["timezone_code"];
    delete altids["altid_name"];
  },
  "texts are empty": (tables) => {
    set(tables, ["users", "country_code"])("", 1, 2, 3);
    set(tables, ["countries", "country_name"])("", 4);
    set(tables, ["altids", "altid_name"])("", 0);
    set(tables, ["media", "large_url"])("", 0);
  },
  "shares and means have changed": (tables) => {
    set(tables, ["users", "gender"])("male");
    set(tables, ["users", "date_of_birth"])(Date.parse("2000-01-01"));
    set(tables, ["users", "latitude"])(80);
    set(tables, ["users", "email"])("same@example.com");
  },
};
