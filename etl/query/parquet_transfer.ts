// Writes results of the native engine as Parquet. That engine is locked and may write no file. Its
// rows go as Arrow to a WebAssembly DuckDB, which writes Parquet in memory, so both engines share
// one writer.
import * as arrow from "npm:apache-arrow@13.0.0";
import { identifier, type ParquetRequest } from "./engine.ts";
import type { Cell, ResultColumn, Row, ValueType } from "./result.ts";
import { parquetType, textType } from "./types.ts";
import { startWasm, writeParquet } from "./wasm.ts";
import type { WasmFiles } from "./wasm_runtime.ts";

function arrowType(type: ValueType): arrow.DataType {
  switch (type.kind) {
    case "list":
      return new arrow.List(new arrow.Field("item", arrowType(type.element), true));
    case "struct":
      return new arrow.Struct(
        type.fields.map(({ name, type }) => new arrow.Field(name, arrowType(type), true)),
      );
    case "map":
      return new arrow.Map_(
        new arrow.Field(
          "entries",
          new arrow.Struct([
            new arrow.Field("key", arrowType(type.key), false),
            new arrow.Field("value", arrowType(type.value), true),
          ]) as never,
          false,
        ),
      );
    default:
      return new arrow.Utf8();
  }
}

function arrowValue(cell: Cell, type: ValueType): unknown {
  if (cell === null || typeof cell === "string") return cell;
  switch (type.kind) {
    case "list":
      return cell.map((item) => arrowValue(item, type.element));
    case "struct":
      return Object.fromEntries(
        type.fields.map((
          field,
          index,
        ) => [field.name, arrowValue(cell[index] ?? null, field.type)]),
      );
    case "map":
      return new Map((cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
        arrowValue(key, type.key),
        arrowValue(value, type.value),
      ]));
    default:
      throw new TypeError("Cannot make Arrow of a plain type with parts");
  }
}

/** Converts rows to an Arrow stream with columns named `c0`, `c1`, … */
function toArrow(rows: readonly Row[], columns: readonly ResultColumn[]): Uint8Array {
  const vectors = columns.map(({ type }, index) =>
    arrow.vectorFromArray(
      rows.map((row) => arrowValue(row[index] ?? null, type)),
      arrowType(type),
    )
  );
  const named = Object.fromEntries(vectors.map((vector, index) => [`c${index}`, vector]));
  return arrow.tableToIPC(new arrow.Table(named), "stream");
}

/** Yields the Parquet file in pieces. */
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
