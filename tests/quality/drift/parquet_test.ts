import { assertEquals, assertRejects } from "@std/assert";
import { compareParquet } from "../../../etl/quality/drift/parquet.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { brokenDataset, keepRows, type LooseTables } from "../check/dataset.ts";
import { ROOT } from "../../layers.ts";

const CHANGES: Readonly<Record<string, [(tables: LooseTables) => void, ...string[]]>> = {
  "nothing": [() => {}],
  "a column is missing": [
    ({ users }) => delete users["phone"],
    "missing_column phone text –",
  ],
  "a column is added": [
    ({ users }) => users["nickname"] = { ...users["phone"]!, type: "text" },
    "added_column nickname – text",
  ],
  "a decimal is a double": [
    ({ users }) => users["latitude"]!.type = "double",
    "retyped_column latitude decimal(7,4) double",
  ],
  "a timestamp is adjusted to UTC": [
    ({ users }) => users["registered_at"]!.type = "zoned",
    "retyped_column registered_at timestamp in milliseconds timestamp in milliseconds, adjusted to UTC",
  ],
  "values are missing": [
    ({ users }) => users["city"]!.values.fill(null, 0, 3),
    "nullability city not null 3 missing",
  ],
  "a table is empty": [({ altids }) => keepRows(altids, () => false)],
};

for (const [name, [change, ...expected]] of Object.entries(CHANGES)) {
  Deno.test(`Parquet files: ${name}`, async () => {
    await using folder = await brokenDataset(change);
    const lines = (await compareParquet(folder.path)).map(({ kind, place, expected, found }) =>
      [kind, place.replace(/ in .*users.part-00001.parquet$/, ""), expected, found].join(" ")
    );
    assertEquals(lines, expected);
  });
}

Deno.test("Parquet files: missing, added and damaged tables are found", async () => {
  await using folder = await brokenDataset(() => {});
  const tables = `${folder.path}/tables`;
  await Deno.remove(`${tables}/altids`, { recursive: true });
  await Deno.mkdir(`${tables}/notes`);
  // Without a manifest the tables count as those of another engine.
  await Deno.remove(`${tables}/manifest.json`);
  const lines = (await compareParquet(folder.path)).map(({ kind, place }) => [
    kind,
    place.slice(tables.length + 1),
  ]);
  assertEquals(lines, [
    ["missing_table", "altids"],
    ["added_table", "notes"],
  ]);
  await Deno.writeTextFile(`${tables}/media/part-00002.parquet`, "no Parquet");
  await assertRejects(() => compareParquet(folder.path), DestinationError, "part-00002.parquet");
  await assertRejects(
    () => compareParquet(`${folder.path}/none`),
    DestinationError,
    "nothing was committed",
  );
});

Deno.test("Parquet files: the sample has no drift", async () => {
  assertEquals(await compareParquet(`${ROOT}data/sample`), []);
});
