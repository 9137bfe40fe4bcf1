// The locked native engine may write no file. Its rows go as Arrow to a WebAssembly DuckDB, which
// writes Parquet in memory.
import * as arrow from "npm:apache-arrow@13.0.0";
import {
  type Cell,
  identifier,
  type ParquetRequest,
  type ResultColumn,
  type Row,
  type ValueType,
} from "./engine.ts";
import { parquetType, textType } from "./types.ts";
import { startWasm, writeParquet } from "./wasm.ts";
import type { WasmFiles } from "./wasm_runtime.ts";

function arrowType(type: ValueType): arrow.DataType {
  if (type.kind === "list") {
    return new arrow.List(new arrow.Field("item", arrowType(type.element), true));
  }
  if (type.kind === "struct") {
    const fields = type.fields.map(({ name, type }) =>
      new arrow.Field(name, arrowType(type), true)
    );
    return new arrow.Struct(fields);
  }
  if (type.kind !== "map") return new arrow.Utf8();
  const entries = new arrow.Struct([
    new arrow.Field("key", arrowType(type.key), false),
    new arrow.Field("value", arrowType(type.value), true),
  ]);
  return new arrow.Map_(new arrow.Field("entries", entries as never, false));
}

function arrowValue(cell: Cell, type: ValueType): unknown {
  if (cell === null || typeof cell === "string") return cell;
  if (type.kind === "list") return cell.map((item) => arrowValue(item, type.element));
  if (type.kind === "map") {
    return new Map((cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
      arrowValue(key, type.key),
      arrowValue(value, type.value),
    ]));
  }
  const fields = type.kind === "struct" ? type.fields : [];
  return Object.fromEntries(
    fields.map(({ name, type }, index) => [name, arrowValue(cell[index] ?? null, type)]),
  );
}

function toArrow(rows: readonly Row[], columns: readonly ResultColumn[]): Uint8Array {
  const vectors = columns.map(({ type }, index) => {
    const values = rows.map((row) => arrowValue(row[index] ?? null, type));
    return [`c${index}`, arrow.vectorFromArray(values, arrowType(type))];
  });
  return arrow.tableToIPC(new arrow.Table(Object.fromEntries(vectors)), "stream");
}

export async function* parquetOfText(
  { columns, batches }: ParquetRequest,
): AsyncGenerator<Uint8Array> {
  const files: WasmFiles = { parts: new Map() };
  const connection = await startWasm(files);
  const texts = columns.map(({ type }, index) => `c${index} ${textType(type)}`);
  connection.query(`create table rows_as_text (${texts.join(", ")})`);
  for await (const rows of batches()) {
    connection.insertArrowFromIPCStream(toArrow(rows, columns), {
      name: "rows_as_text",
      schema: "main",
      create: false,
    });
  }
  const cells = columns.map(({ name, type }, index) =>
    `c${index}::${parquetType(type)} as ${identifier(name)}`
  );
  yield* writeParquet(`select ${cells.join(", ")} from rows_as_text`, { connection, files });
}
