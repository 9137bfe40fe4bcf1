import { assertEquals, assertRejects } from "@std/assert";
import { DestinationError } from "../../../etl/common/errors.ts";
import { makeColumns } from "../../../etl/transform/normalise/columns.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { writeParquet } from "../../../etl/load/parquet/parquet.ts";
import { readParquet } from "../../../etl/load/parquet/read.ts";
import { plain } from "./tables.ts";

const countries = {
  table: "countries",
  rows: 2,
  columns: { country_code: ["AU", "DE"], country_name: ["Australia", "Germany"] },
} as const;

function bytes() {
  const { rows, columns } = countries;
  return writeParquet({
    table: "countries",
    rows,
    columns: {
      country_code: Texts.from(columns.country_code),
      country_name: Texts.from(columns.country_name),
    },
  });
}

Deno.test("a file is read from bytes in a larger buffer", async () => {
  const file = bytes();
  const larger = new Uint8Array(file.length + 20);
  larger.set(file, 7);
  const data = await readParquet(larger.subarray(7, 7 + file.length), "countries");
  assertEquals(plain(data), countries);
});

Deno.test("a truncated file is a DestinationError", async () => {
  const file = bytes();
  await assertRejects(
    () => readParquet(file.slice(0, file.length - 9), "countries"),
    DestinationError,
    "Cannot read Parquet file of countries: ",
  );
});

Deno.test("a file of another table is a DestinationError", async () => {
  const other = writeParquet({ table: "media", rows: 0, columns: makeColumns("media", 0) });
  await assertRejects(() => readParquet(bytes(), "media"), DestinationError, "media");
  await assertRejects(() => readParquet(other, "countries"), DestinationError, "countries");
});
