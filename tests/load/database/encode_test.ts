import { assertEquals } from "@std/assert";
import { encodeRows } from "../../../etl/load/database/encode.ts";
import { Texts } from "../../../etl/transform/normalise/texts.ts";
import { makeColumns, type TableData } from "../../../etl/transform/normalise/columns.ts";

function altids(values: readonly string[]): TableData {
  const columns = makeColumns("altids", values.length);
  values.forEach((value, row) => {
    columns.user_id.fill(row, row * 16, row * 16 + 16);
    columns.altid_name.push("N");
    columns.altid_value.push(value);
  });
  return { table: "altids", rows: values.length, columns };
}

function textOf(data: TableData): string {
  return [...encodeRows(data, "postgres")].map((part) => new TextDecoder().decode(part)).join("");
}

Deno.test("rows are lines with tabs between columns; backslashes, tabs and line ends are escaped", () => {
  assertEquals(
    textOf(altids(["0042 ", "\\N", "a\tb\nc\rd"])),
    "00000000-0000-0000-0000-000000000000\tN\t0042 \n" +
      "01010101-0101-0101-0101-010101010101\tN\t\\\\N\n" +
      "02020202-0202-0202-0202-020202020202\tN\ta\\tb\\nc\\rd\n",
  );
});

Deno.test("many rows are split into chunks of complete rows", () => {
  const data = altids(Array.from({ length: 2500 }, (_, row) => String(row)));
  const chunks = [...encodeRows(data, "mysql")];
  assertEquals(chunks.length, 3);
  assertEquals(chunks.map((chunk) => chunk.at(-1)), [10, 10, 10]);
  assertEquals(textOf(data).split("\n").length, 2501);
});

Deno.test("timestamps are written without a time zone; year 0 is 1 BC in PostgreSQL", () => {
  const columns = makeColumns("users", 1);
  for (const column of Object.values(columns)) if (column instanceof Texts) column.push("é");
  columns.date_of_birth[0] = Date.parse("0000-02-29T00:00:00.001Z");
  columns.registered_at[0] = -1;
  columns.latitude[0] = -1;
  const cells = (flavour: "postgres" | "mysql") => {
    const [chunk] = encodeRows({ table: "users", rows: 1, columns }, flavour);
    const row = new TextDecoder().decode(chunk).split("\t");
    assertEquals(row.slice(1, 8), Array(7).fill("é"));
    return [row[8], row[9], row[15]];
  };
  const before = "1969-12-31T23:59:59.999";
  assertEquals(cells("postgres"), ["0001-02-29T00:00:00.001 BC", before, "-0.0001"]);
  assertEquals(cells("mysql"), ["0000-02-29T00:00:00.001", before, "-0.0001"]);
});
