// By default mysql2 returns decimals as text, moments as `Date` and `bigint` as a number.
import { decimal, type DriverValue, formed, integer, sized } from "./value.ts";

/** A type, for example `decimal(7,4) unsigned` or `enum('a','b')`. */
interface Parsed {
  readonly length: number | undefined;
  readonly scale: number;
  readonly unsigned: boolean;
  /** The text in the parentheses. */
  readonly inner: string;
  readonly collation: string;
}

type Make = (parsed: Parsed) => DriverValue;

function whole(bits: number): Make {
  return ({ unsigned }) =>
    unsigned ? integer(0, 2 ** bits - 1) : integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);
}

/** Numbers above 2^53 lose digits. */
const big: Make = ({ unsigned }) => ({ is: "number", number: "safe", ...(unsigned && { min: 0 }) });

const float: Make = ({ unsigned }) => ({ is: "number", ...(unsigned && { min: 0 }) });

const boundedBytes = (exactly: boolean): Make => ({ length: count }) => ({
  is: "bytes",
  ...(count !== undefined && { length: { count, unit: "bytes", exactly } }),
});

/** Limits the bytes, but not for other character sets: JavaScript measures only UTF-8 bytes. */
const bounded = (count: number): Make => ({ collation }) => ({
  is: "text",
  ...(/^(utf8|ascii)/.test(collation) && { length: { count, unit: "bytes" } }),
});

function members(inner: string): string[] {
  return Array.from(
    inner.matchAll(/'((?:[^']|'')*)'/g),
    ([, member = ""]) => member.replaceAll("''", "'"),
  );
}

const set: Make = ({ inner }) => {
  const all = members(inner).map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
  return formed(`^(?:(?:${all})(?:,(?!$)|$))*$`, `some of ${members(inner).join(", ")}`);
};

const TYPES: Readonly<Record<string, Make | DriverValue>> = {
  tinyint: whole(8),
  smallint: whole(16),
  mediumint: whole(24),
  int: whole(32),
  bigint: big,
  decimal: ({ length = 10, scale, unsigned }) =>
    decimal(length, scale, { sign: unsigned ? "" : "-?" }),
  float,
  double: float,
  year: integer(0, 2155),
  bit: { is: "bytes" },
  char: ({ length = 1 }) => sized(length),
  varchar: ({ length = 1 }) => sized(length),
  tinytext: bounded(255),
  text: bounded(65535),
  enum: ({ inner }) => ({ is: "text", oneOf: members(inner) }),
  set,
  date: { is: "moment" },
  datetime: { is: "moment" },
  timestamp: { is: "moment" },
  time: formed("^-?\\d{2,3}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?$", "a time"),
  json: { is: "json" },
  binary: boundedBytes(true),
  varbinary: boundedBytes(false),
  tinyblob: { is: "bytes" },
  blob: { is: "bytes" },
  mediumblob: { is: "bytes" },
  longblob: { is: "bytes" },
  uuid: { is: "text", isUuid: true },
  geometry: { is: "json" },
  point: { is: "json" },
};

export function mysqlValue(type: string, collation = ""): DriverValue {
  const [, name = "", inner = "", rest = ""] = /^(\w+)(?:\((.*)\))?(.*)$/s.exec(type) ?? [];
  const [length, scale] = /^(\d+)(?:,(\d+))?$/.exec(inner)?.slice(1) ?? [];
  const make = TYPES[name] ?? { is: "text" };
  if (typeof make !== "function") return make;
  return make({
    length: length === undefined ? undefined : Number(length),
    scale: Number(scale ?? 0),
    unsigned: /unsigned/.test(rest),
    inner,
    collation,
  });
}
