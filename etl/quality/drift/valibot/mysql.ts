/**
 * Types of MySQL and MariaDB as the driver mysql2 gives their values by default: decimals as text,
 * moments as `Date`, `bigint` as a number.
 *
 * @module
 */
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

/** A type taken apart: `decimal(7,4) unsigned`, `enum('a','b')`. */
interface Parsed {
  readonly length: number | undefined;
  readonly scale: number;
  readonly unsigned: boolean;
  /** What stands in the parentheses. */
  readonly inner: string;
  /** Character set and collation, where it is text. */
  readonly collation: string;
}

type Make = (parsed: Parsed) => Value;

function whole(bits: number): Make {
  return ({ unsigned }) =>
    unsigned ? integer(0, 2 ** bits - 1) : integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);
}

/** Numbers above 2^53 have lost digits on their way. */
const big: Make = ({ unsigned }) =>
  value(
    "number",
    call("v.number"),
    call("v.safeInteger"),
    ...(unsigned ? [call("v.minValue", "0")] : []),
  );

const float: Make = ({ unsigned }) =>
  value("number", call("v.number"), ...(unsigned ? [call("v.minValue", "0")] : []));

const moment: Make = () => value("other", call("v.date"));

const bytes = (action?: "v.maxLength" | "v.length"): Make => ({ length }) =>
  value(
    "other",
    call("v.instance", "Uint8Array"),
    ...(action && length !== undefined ? [call(action, String(length))] : []),
  );

/** Bytes that a text may have; in another character set they are other ones than in UTF-8. */
const bounded = (most: number): Make => ({ collation }) =>
  /^(utf8|ascii)/.test(collation) ? text(call("v.maxBytes", String(most))) : text();

function members(inner: string): string[] {
  return Array.from(
    inner.matchAll(/'((?:[^']|'')*)'/g),
    ([, member = ""]) => member.replaceAll("''", "'"),
  );
}

/** Some members, separated by commas. */
const set: Make = ({ inner }) => {
  const all = members(inner).map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
  return text(pattern(`^(?:(?:${all})(?:,(?!$)|$))*$`, `some of ${members(inner).join(", ")}`));
};

const TYPES: Readonly<Record<string, Make>> = {
  tinyint: whole(8),
  smallint: whole(16),
  mediumint: whole(24),
  int: whole(32),
  bigint: big,
  decimal: ({ length = 10, scale, unsigned }) =>
    decimal(length, scale, { sign: unsigned ? "" : "-?" }),
  float,
  double: float,
  year: () => integer(0, 2155),
  bit: bytes(),
  char: ({ length = 1 }) => text(characters("<=", length)),
  varchar: ({ length = 1 }) => text(characters("<=", length)),
  tinytext: bounded(255),
  text: bounded(65535),
  enum: ({ inner }) => picklist(members(inner), "text"),
  set,
  date: moment,
  datetime: moment,
  timestamp: moment,
  time: () => text(pattern("^-?\\d{2,3}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?$", "a time")),
  json: () => value("other", call("v.unknown")),
  binary: bytes("v.length"),
  varbinary: bytes("v.maxLength"),
  tinyblob: bytes(),
  blob: bytes(),
  mediumblob: bytes(),
  longblob: bytes(),
  uuid: () => text(call("v.uuid")),
  geometry: () => value("other", call("v.unknown")),
  point: () => value("other", call("v.unknown")),
};

/** What mysql2 gives for a column of a type. */
export function mysqlValue(type: string, collation = ""): Value {
  const [, name = "", inner = "", rest = ""] = /^(\w+)(?:\((.*)\))?(.*)$/s.exec(type) ?? [];
  const [length, scale] = /^(\d+)(?:,(\d+))?$/.exec(inner)?.slice(1) ?? [];
  const parsed: Parsed = {
    length: length === undefined ? undefined : Number(length),
    scale: Number(scale ?? 0),
    unsigned: /unsigned/.test(rest),
    inner,
    collation,
  };
  return (TYPES[name] ?? (() => text()))(parsed);
}
