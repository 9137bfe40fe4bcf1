// Writes rows as JSON. Numbers keep all digits, even decimals and integers beyond 2^53: Python, jq
// 1.7 and DuckDB read them exactly. NaN and infinities become the texts `nan`, `inf` and `-inf`.
// Other scalars are text as DuckDB prints them. A map becomes an object.
import type { Cell, Result, ResultColumn, Row, ValueType } from "../result.ts";
import type { Out } from "./out.ts";

/** A JSON number. DuckDB also prints `nan` and `inf`, which JSON lacks. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/;

function jsonValue(cell: Cell, type: ValueType): string {
  if (cell === null) return "null";
  if (typeof cell === "string") {
    if (type.kind === "boolean") return cell;
    return type.kind === "number" && JSON_NUMBER.test(cell) ? cell : JSON.stringify(cell);
  }
  switch (type.kind) {
    case "list":
      return `[${cell.map((item) => jsonValue(item, type.element)).join(",")}]`;
    case "struct":
      return jsonObject(type.fields, cell);
    case "map":
      return `{${
        (cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) =>
          `${JSON.stringify(flatText(key, type.key) ?? "")}:${jsonValue(value, type.value)}`
        ).join(",")
      }}`;
    default:
      throw new TypeError(`Cannot write ${type.sql} as JSON: it has parts`);
  }
}

/** Columns of a result or fields of a struct. */
type Named = readonly { readonly name: string; readonly type: ValueType }[];

function jsonObject(fields: Named, values: readonly Cell[]): string {
  const members = fields.map(({ name, type }, index) =>
    `${JSON.stringify(name)}:${jsonValue(values[index] ?? null, type)}`
  );
  return `{${members.join(",")}}`;
}

/** Formats nested values as JSON and others as DuckDB prints them. NULL is `null`. */
export function flatText(cell: Cell, type: ValueType): string | null {
  return cell === null || typeof cell === "string" ? cell : jsonValue(cell, type);
}

function jsonRow(columns: readonly ResultColumn[], row: Row): string {
  return jsonObject(columns, row);
}

/** Writes an array with one object for each row, one row a line. */
export async function writeJson(result: Result, out: Out): Promise<void> {
  let separator = "[\n";
  for await (const rows of result.batches()) {
    out(separator + rows.map((row) => jsonRow(result.columns, row)).join(",\n"));
    separator = ",\n";
  }
  out(result.rowCount === 0 ? "[]\n" : "\n]\n");
}

/** Writes one object a line. */
export async function writeNdjson(result: Result, out: Out): Promise<void> {
  for await (const rows of result.batches()) {
    out(rows.map((row) => `${jsonRow(result.columns, row)}\n`).join(""));
  }
}
