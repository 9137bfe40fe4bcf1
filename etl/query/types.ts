// Parses DuckDB's type names into {@link ValueType}s, and writes them as casts.
import { identifier } from "./engine.ts";
import type { ValueType } from "./result.ts";

const NUMBER =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT|FLOAT|REAL|DOUBLE|DECIMAL|NUMERIC|BIGNUM|VARINT)\b/;

/** Ignores commas in parentheses and quotes. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** The name quoted or not. */
function parseField(text: string): { name: string; type: ValueType } {
  const quoted = /^"((?:[^"]|"")*)"\s+(.*)$/s.exec(text);
  if (quoted) {
    return { name: (quoted[1] ?? "").replaceAll('""', '"'), type: parseType(quoted[2] ?? "") };
  }
  const space = text.indexOf(" ");
  return { name: text.slice(0, space), type: parseType(text.slice(space + 1)) };
}

/** Parses a type as DESCRIBE names it. Types that are neither nested nor numbers are text. */
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

/** Writes a type; `leaf` writes its leaves. */
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

/** The cast that makes every leaf text. */
export function textType(type: ValueType): string {
  return writeType(type, () => "VARCHAR");
}

/** Types that both Parquet writers keep. */
const PARQUET =
  /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIME|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|INTERVAL|UUID|BLOB|VARCHAR)$/;

/**
 * The type of a value in a Parquet file. A HUGEINT, such as any sum of integers, is a whole
 * decimal: DuckDB would write a DOUBLE and lose digits. Types unknown to Parquet are text.
 */
export function parquetType(type: ValueType): string {
  return writeType(type, (sql) => {
    if (sql === "HUGEINT") return "DECIMAL(38,0)";
    return PARQUET.test(sql) ? sql : "VARCHAR";
  });
}
