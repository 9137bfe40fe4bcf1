/**
 * The list of tables. Whatever handles all tables maps over it, so that a table that is forgotten
 * somewhere is a type error or a failing test.
 *
 * @module
 */
import type * as v from "valibot";
import { altids } from "./tables/altids.ts";
import { countries } from "./tables/countries.ts";
import { logins } from "./tables/logins.ts";
import { media } from "./tables/media.ts";
import { timezones } from "./tables/timezones.ts";
import { users } from "./tables/users.ts";

/** The six tables by name, referenced before referencing. */
export const TABLES = { countries, timezones, media, users, logins, altids } as const;

/** The name of a table. */
export type TableName = keyof typeof TABLES;

/** The names of all tables, referenced before referencing. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** One row of a table as it is printed. */
export type Row<T extends TableName> = v.InferOutput<typeof TABLES[T]["row"]>;

/** Number of the tables' layout; changes when a column does. */
export const SCHEMA_VERSION = 1;
