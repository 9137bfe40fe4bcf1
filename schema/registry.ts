/**
 * The list of tables. Code for all tables iterates over it, so that a table that some code does not
 * handle is a type error or a failing test.
 *
 * @module
 */
import type { ValueOf } from "./column.ts";
import { altids } from "./tables/altids.ts";
import { countries } from "./tables/countries.ts";
import { logins } from "./tables/logins.ts";
import { media } from "./tables/media.ts";
import { timezones } from "./tables/timezones.ts";
import { users } from "./tables/users.ts";

/**
 * The six tables by name; a referenced table comes before the tables that reference it.
 *
 * @example The columns that identify no person
 * ```ts
 * import { columnsOf, TABLES } from "@debr/debr/schema";
 *
 * const open = columnsOf(TABLES.users).filter(({ privacy }) => privacy === "public");
 * const names = open.map(({ name }) => name).join();
 * if (names !== "gender,country_code,timezone_code") throw new Error(`Expected others than ${names}`);
 * ```
 */
export const TABLES = { countries, timezones, media, users, logins, altids } as const;

/** The name of a table. */
export type TableName = keyof typeof TABLES;

/** The names of all tables; referenced tables come first. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/**
 * One printed row of a table: integers as numbers, other values as text.
 *
 * @example
 * ```ts
 * import type { Row } from "@debr/debr/schema";
 *
 * const country: Row<"countries"> = { country_code: "AU", country_name: "Australia" };
 * if (country.country_code !== "AU") throw new Error("Expected AU");
 * ```
 */
export type Row<T extends TableName> = {
  -readonly [C in keyof typeof TABLES[T]["columns"]]: ValueOf<typeof TABLES[T]["columns"][C]>;
};

/** The version of the tables; it changes when a column changes. */
export const SCHEMA_VERSION = 1;
