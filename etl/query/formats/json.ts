// Numbers keep all digits: Python, jq 1.7 and DuckDB read them exactly. NaN and infinities become
// `nan`, `inf` and `-inf`, other scalars the text that DuckDB prints, and a map becomes an object.
import type { Cell, Result, ResultColumn, Row, ValueType } from "../engine.ts";

export type Out = (chunk: string | Uint8Array) => void;

export interface FormatOptions {
  /** The width of the terminal in characters; without it, the table has no width limit. */
  readonly columns?: number | undefined;
  /** Whether the user chose the format with `.mode` at the prompt. */
  readonly atPrompt?: boolean;
}

export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/;

function jsonValue(cell: Cell, type: ValueType): string {
  if (cell === null) return "null";
  if (typeof cell === "string") {
    if (type.kind === "boolean") return cell;
    return type.kind === "number" && JSON_NUMBER.test(cell) ? cell : JSON.stringify(cell);
  }
  if (type.kind === "list") {
    return `[${cell.map((item) => jsonValue(item, type.element)).join(",")}]`;
  }
  if (type.kind !== "map") return jsonObject(type.kind === "struct" ? type.fields : [], cell);
  const members = (cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) =>
    `${JSON.stringify(flatText(key, type.key) ?? "")}:${jsonValue(value, type.value)}`
  );
  return `{${members.join(",")}}`;
}

function jsonObject(
  fields: readonly Pick<ResultColumn, "name" | "type">[],
  values: readonly Cell[],
): string {
  const members = fields.map(({ name, type }, index) =>
    `${JSON.stringify(name)}:${jsonValue(values[index] ?? null, type)}`
  );
  return `{${members.join(",")}}`;
}

function flatText(cell: Cell, type: ValueType): string | null {
  return cell === null || typeof cell === "string" ? cell : jsonValue(cell, type);
}

/** Formats nested values as JSON and others as DuckDB prints them. NULL is `null`. */
export function flatTexts(row: Row, columns: readonly ResultColumn[]): (string | null)[] {
  return columns.map(({ type }, index) => flatText(row[index] ?? null, type));
}

export async function writeJson(result: Result, out: Out): Promise<void> {
  let separator = "[\n";
  for await (const rows of result.batches()) {
    out(separator + rows.map((row) => jsonObject(result.columns, row)).join(",\n"));
    separator = ",\n";
  }
  out(result.rowCount === 0 ? "[]\n" : "\n]\n");
}

export async function writeNdjson(result: Result, out: Out): Promise<void> {
  for await (const rows of result.batches()) {
    out(rows.map((row) => `${jsonObject(result.columns, row)}\n`).join(""));
  }
}
