// By default pg returns `bigint` and `numeric` as text, moments as `Date` and JSON parsed.
import type { CatalogType } from "../catalog/catalog.ts";
import { decimal, type DriverValue, formed, integer, sized } from "./value.ts";

type Sized = (length: number | undefined, scale: number) => DriverValue;

const TIME = "^\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?";

const number = (): DriverValue => ({ is: "number", number: "or NaN" });
const moment = (): DriverValue => ({ is: "moment" });
const text = (): DriverValue => ({ is: "text" });
const json = (): DriverValue => ({ is: "json" });
const object = (...fields: readonly string[]): Sized => () => ({ is: "object", fields });

const digits = (source: string, says: string): DriverValue => ({
  is: "digits",
  pattern: { source, says },
});

function numeric(precision: number | undefined, scale: number): DriverValue {
  if (precision !== undefined && scale >= 0) return decimal(precision, scale);
  if (precision !== undefined) return decimal(precision - scale, 0);
  return digits("^(?:-?\\d+(?:\\.\\d+)?|NaN|-?Infinity)$", "a number");
}

const TYPES: Readonly<Record<string, Sized>> = {
  smallint: () => integer(-32768, 32767),
  integer: () => integer(-2147483648, 2147483647),
  oid: () => integer(0, 4294967295),
  bigint: () => digits("^-?\\d{1,19}$", "a whole number of 64 bits"),
  numeric,
  real: number,
  "double precision": number,
  boolean: () => ({ is: "boolean" }),
  text,
  "character varying": (length) => length === undefined ? text() : sized(length),
  character: (length = 1) => sized(length, { exactly: true }),
  uuid: () => ({ is: "text", isUuid: true }),
  date: moment,
  "timestamp without time zone": moment,
  "timestamp with time zone": moment,
  "time without time zone": () => formed(`${TIME}$`, "a time of day"),
  "time with time zone": () =>
    formed(`${TIME}[+-]\\d{2}(?::\\d{2}){0,2}$`, "a time of day with its zone"),
  json,
  jsonb: json,
  bytea: () => ({ is: "bytes" }),
  bit: (length = 1) => formed(`^[01]{${length}}$`, `${length} bits`),
  "bit varying": (length) =>
    length === undefined
      ? formed("^[01]*$", "bits")
      : formed(`^[01]{0,${length}}$`, `at most ${length} bits`),
  interval: () => ({ is: "object" }),
  point: object("x", "y"),
  circle: object("x", "y", "radius"),
};

/** Types of elements in lists that the driver parses; in lists `numeric` becomes a number. */
const IN_LISTS = new Set([
  ...["smallint", "integer", "bigint", "real", "double precision", "boolean", "text", "oid"],
  ...["character varying", "character", "uuid", "date", "json", "jsonb", "bytea"],
  ...["timestamp without time zone", "timestamp with time zone"],
  ...["time without time zone", "time with time zone", "point"],
]);

/** Parses a type such as `numeric(7,4)`, `timestamp(3) without time zone` or `text[]`. */
function parse(type: string) {
  const [, name = type, length, scale = "0", zone = "", brackets = ""] =
    /^(.*?)(?:\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?((?:\[\])*)$/.exec(type) ?? [];
  const sized = length === undefined ? undefined : Number(length);
  return { name: name + zone, length: sized, scale: Number(scale), lists: brackets.length / 2 };
}

function listOf(type: string, lists: number): DriverValue {
  const { name, length, scale } = parse(type);
  const make = name === "numeric" ? number : TYPES[name];
  // The driver returns lists of user-defined and some other types as text.
  if (make === undefined || !(IN_LISTS.has(name) || name === "numeric")) return text();
  return { is: "list", of: make(length, scale), depth: lists };
}

export function postgresValue(type: string, types: ReadonlyMap<string, CatalogType>): DriverValue {
  const own = types.get(type);
  if (own?.labels !== undefined) return { is: "text", oneOf: own.labels };
  if (own?.base !== undefined) return postgresValue(own.base, types);
  const { name, length, scale, lists } = parse(type);
  if (lists > 0) return listOf(type.slice(0, -2 * lists), lists);
  return (TYPES[name] ?? text)(length, scale);
}
