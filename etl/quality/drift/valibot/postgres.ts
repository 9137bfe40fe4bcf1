/**
 * Types of PostgreSQL as the driver pg gives their values by default: `bigint` and `numeric` as text,
 * moments as `Date`, JSON as what it holds.
 *
 * @module
 */
import type { CatalogType } from "../../../load/database/catalog/catalog.ts";
import { call } from "./print.ts";
import {
  characters,
  decimal,
  integer,
  pattern,
  picklist,
  text,
  type Value,
  value,
} from "./value.ts";

type Sized = (length: number | undefined, scale: number) => Value;

const TIME = "^\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?";

const number = () => value("number", call("v.union", { args: [call("v.number"), call("v.nan")] }));
const moment = () => value("other", call("v.date"));
const anyText = () => text();
const point = call("v.object", "{ x: v.number(), y: v.number() }");

function numeric(precision: number | undefined, scale: number): Value {
  if (precision !== undefined && scale >= 0) return decimal(precision, scale);
  if (precision !== undefined) return decimal(precision - scale, 0);
  return value(
    "digits",
    call("v.string"),
    pattern("^(?:-?\\d+(?:\\.\\d+)?|NaN|-?Infinity)$", "a number"),
  );
}

const TYPES: Readonly<Record<string, Sized>> = {
  smallint: () => integer(-32768, 32767),
  integer: () => integer(-2147483648, 2147483647),
  oid: () => integer(0, 4294967295),
  bigint: () =>
    value("digits", call("v.string"), pattern("^-?\\d{1,19}$", "a whole number of 64 bits")),
  numeric,
  real: number,
  "double precision": number,
  boolean: () => value("other", call("v.boolean")),
  text: anyText,
  "character varying": (length) => length === undefined ? text() : text(characters("<=", length)),
  character: (length = 1) => text(characters("===", length)),
  uuid: () => text(call("v.uuid")),
  date: moment,
  "timestamp without time zone": moment,
  "timestamp with time zone": moment,
  "time without time zone": () => text(pattern(`${TIME}$`, "a time of day")),
  "time with time zone": () =>
    text(pattern(`${TIME}[+-]\\d{2}(?::\\d{2}){0,2}$`, "a time of day with its zone")),
  json: () => value("other", call("v.unknown")),
  jsonb: () => value("other", call("v.unknown")),
  bytea: () => value("other", call("v.instance", "Uint8Array")),
  bit: (length = 1) => text(pattern(`^[01]{${length}}$`, `${length} bits`)),
  "bit varying": (length) =>
    text(
      length === undefined
        ? pattern("^[01]*$", "bits")
        : pattern(`^[01]{0,${length}}$`, `at most ${length} bits`),
    ),
  interval: () => value("other", call("v.looseObject", "{}")),
  point: () => value("other", point),
  circle: () =>
    value("other", call("v.object", "{ x: v.number(), y: v.number(), radius: v.number() }")),
};

/** Types whose lists the driver takes apart; numbers of `numeric` lists are numbers. */
const IN_LISTS = new Set([
  ...["smallint", "integer", "bigint", "real", "double precision", "boolean", "text", "oid"],
  ...["character varying", "character", "uuid", "date", "json", "jsonb", "bytea"],
  ...["timestamp without time zone", "timestamp with time zone"],
  ...["time without time zone", "time with time zone", "point"],
]);

/** A type taken apart: `numeric(7,4)`, `timestamp(3) without time zone`, `text[]`. */
function parse(type: string) {
  const [, name = type, length, scale = "0", zone = "", brackets = ""] =
    /^(.*?)(?:\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?((?:\[\])*)$/.exec(type) ?? [];
  const sized = length === undefined ? undefined : Number(length);
  return { name: name + zone, length: sized, scale: Number(scale), lists: brackets.length / 2 };
}

function listOf(type: string, lists: number): Value {
  const { name, length, scale } = parse(type);
  const make = name === "numeric" ? number : TYPES[name];
  // The driver leaves lists of types that somebody made, and some others, as they are printed.
  if (make === undefined || !(IN_LISTS.has(name) || name === "numeric")) return text();
  const { schema, actions } = make(length, scale);
  const element = actions.length === 0 ? schema : call("v.pipe", schema, ...actions);
  let code = call("v.array", call("v.nullable", element));
  for (let more = 1; more < lists; more++) code = call("v.array", code);
  return value("other", code);
}

/** What pg gives for a column of a type. Domains and enumerations are in `types`. */
export function postgresValue(type: string, types: ReadonlyMap<string, CatalogType>): Value {
  const own = types.get(type);
  if (own?.labels !== undefined) return picklist(own.labels, "text");
  if (own?.base !== undefined) return postgresValue(own.base, types);
  const { name, length, scale, lists } = parse(type);
  if (lists > 0) return listOf(type.slice(0, -2 * lists), lists);
  return (TYPES[name] ?? anyText)(length, scale);
}
