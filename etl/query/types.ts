import { type Cell, identifier, type ValueType } from "./engine.ts";
import { lex, splitAtCommas } from "./lexer.ts";

export const TEXT: ValueType = { kind: "text", sql: "VARCHAR" };

const NUMBER =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT|FLOAT|REAL|DOUBLE|DECIMAL|NUMERIC|BIGNUM|VARINT)\b/;

function splitTopLevel(text: string): string[] {
  return splitAtCommas(lex(text).tokens)
    .map((group) => text.slice(group[0]!.start, group.at(-1)!.end));
}

function parseField(text: string): { name: string; type: ValueType } {
  const [, quoted, plain = "", type = ""] = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text) ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain, type: parseType(type) };
}

/** Parses a type name of DESCRIBE. Types that are neither nested nor numeric become text. */
export function parseType(sql: string): ValueType {
  const list = /^(.*)\[\d*\]$/s.exec(sql);
  if (list) return { kind: "list", element: parseType(list[1] ?? "") };
  const inner = /^(STRUCT|MAP)\((.*)\)$/s.exec(sql);
  if (inner?.[1] === "STRUCT") {
    return { kind: "struct", fields: splitTopLevel(inner[2] ?? "").map(parseField) };
  }
  if (inner?.[1] === "MAP") {
    const [key = "", value = ""] = splitTopLevel(inner[2] ?? "");
    return { kind: "map", key: parseType(key), value: parseType(value) };
  }
  if (sql === "BOOLEAN") return { kind: "boolean", sql };
  return { kind: NUMBER.test(sql) ? "number" : "text", sql };
}

function writeType(type: ValueType, leaf: (sql: string) => string): string {
  switch (type.kind) {
    case "list":
      return `${writeType(type.element, leaf)}[]`;
    case "map":
      return `MAP(${writeType(type.key, leaf)}, ${writeType(type.value, leaf)})`;
    case "struct":
      return `STRUCT(${
        type.fields.map(({ name, type }) => `${identifier(name)} ${writeType(type, leaf)}`)
          .join(", ")
      })`;
    default:
      return leaf(type.sql);
  }
}

export function textType(type: ValueType): string {
  return writeType(type, () => "VARCHAR");
}

/** Types that both Parquet writers preserve. */
const PARQUET =
  /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIME|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|INTERVAL|UUID|BLOB|VARCHAR)$/;

/** A HUGEINT, such as a sum, becomes a decimal: DuckDB would write a DOUBLE and lose digits. */
export function parquetType(type: ValueType): string {
  return writeType(type, (sql) => {
    if (sql === "HUGEINT") return "DECIMAL(38,0)";
    return PARQUET.test(sql) ? sql : "VARCHAR";
  });
}

/** Makes the converter of an engine's values; `partsOf` lists elements, fields or pairs of one. */
export function cellsBy(
  partsOf: (value: unknown, kind: ValueType["kind"]) => readonly unknown[],
): (value: unknown, type: ValueType) => Cell {
  return function cellOf(value, type): Cell {
    if (value === null || value === undefined) return null;
    if (type.kind === "list") {
      return partsOf(value, type.kind).map((item) => cellOf(item, type.element));
    }
    if (type.kind === "struct") {
      const values = partsOf(value, type.kind);
      return type.fields.map((field, index) => cellOf(values[index], field.type));
    }
    if (type.kind !== "map") return value as string;
    return (partsOf(value, type.kind) as readonly (readonly [unknown, unknown])[])
      .map(([key, item]) => [cellOf(key, type.key), cellOf(item, type.value)]);
  };
}
