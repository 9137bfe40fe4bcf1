/**
 * Parquet files of other engines: debr reads them if their columns fit. Otherwise it refuses them
 * and names the column.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { parquetWriteBuffer, type SchemaElement } from "hyparquet-writer";
import { countForeign, parquetFiles, readForeign } from "../../../etl/load/parquet/foreign.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { openDataset } from "../../../etl/load/database/loadable.ts";
import { decodeTable } from "../../../etl/transform/normalise/decode.ts";
import { temporary } from "../../temporary.ts";

const ID = "1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed";

interface Stored {
  readonly name: string;
  readonly data: unknown[];
  readonly element?: Partial<SchemaElement>;
}

const TEXT = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;

async function write(path: string, columns: readonly Stored[]): Promise<void> {
  const bytes = parquetWriteBuffer({
    columnData: columns.map(({ name, data }) => ({ name, data })),
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, element = TEXT }): SchemaElement => ({
        name,
        repetition_type: "OPTIONAL",
        ...element,
      })),
    ],
  });
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeFile(path, new Uint8Array(bytes));
}

const login = (changes: Partial<Record<string, Partial<Stored>>> = {}): Stored[] =>
  ["user_id", "login_external_uuid", "username", "sha256"].map((name) => ({
    name,
    data: [name.includes("u") && /id$/.test(name) ? ID : "text"],
    ...changes[name],
  }));

Deno.test("UUIDs may be text, and partition folders may hold column values", async () => {
  await using folder = await temporary();
  const base = `${folder.path}/tables/logins`;
  const rows = login({ sha256: { name: "more" } });
  await write(`${base}/sha256=a%20b/part-0.parquet`, rows);
  await write(`${base}/sha256=c/part-0.parquet`, rows);
  await Deno.writeTextFile(`${base}/_SUCCESS`, "");
  await Deno.mkdir(`${base}/_temporary/sha256=x`, { recursive: true });
  await Deno.writeTextFile(`${base}/_temporary/sha256=x/part.parquet`, "");
  const found: unknown[] = [];
  for (const file of await parquetFiles(base)) {
    assertEquals(await countForeign(file, "logins"), 1);
    for await (const data of readForeign(file, "logins")) {
      found.push(decodeTable({ ...data, table: "logins" }));
    }
  }
  const expected = { user_id: [ID], login_external_uuid: [ID], username: ["text"] };
  assertEquals(found, [{ ...expected, sha256: ["a b"] }, { ...expected, sha256: ["c"] }]);
});

const INT: Partial<SchemaElement> = { type: "INT32" };

const WRONG: Record<string, readonly Stored[]> = {
  "it has no column username": login().filter(({ name }) => name !== "username"),
  "username is integer of 32 bits, not text": login({ username: { data: [1], element: INT } }),
  "username: it holds nulls": login({ username: { data: [null] } }),
  "user_id: it holds a value that is not a UUID": login({ user_id: { data: ["x"] } }),
};

for (const [says, columns] of Object.entries(WRONG)) {
  Deno.test(`a file is refused: ${says}`, async () => {
    await using folder = await temporary();
    const path = `${folder.path}/part.parquet`;
    await write(path, columns);
    const file = { path, partition: {} };
    const read = async () => {
      await countForeign(file, "logins");
      await Array.fromAsync(readForeign(file, "logins"));
    };
    const { message } = await assertRejects(read, DestinationError, says);
    assert(message.startsWith(`Cannot read ${path}: `), message);
  });
}

Deno.test("timestamps in UTC, in nanoseconds or as plain integers are refused", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/part.parquet`;
  const file = { path, partition: {} };
  const time = (isAdjustedToUTC: boolean, unit: "MICROS" | "NANOS"): Partial<SchemaElement> => ({
    type: "INT64",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit },
  });
  const names = [
    "user_id",
    "gender",
    "title",
    "first_name",
    "last_name",
    "email",
    "phone",
    "cell",
  ];
  const refused = async (element: Partial<SchemaElement>, says: string) => {
    const texts = names.map((name) => ({ name, data: [name === "user_id" ? ID : "text"] }));
    await write(path, [...texts, { name: "date_of_birth", data: [1500n], element }]);
    await assertRejects(() => countForeign(file, "users"), DestinationError, says);
  };
  await refused(time(false, "MICROS"), "it has no column registered_at");
  await refused(time(true, "MICROS"), "date_of_birth is");
  await refused(time(false, "NANOS"), "date_of_birth is");
  await refused({ type: "INT64" }, "date_of_birth is integer of 64 bits, not timestamp");
  await Deno.writeTextFile(path, "no parquet");
  await assertRejects(() => countForeign(file, "users"), DestinationError, "Cannot read");
});

Deno.test("a dataset without a table, or with a null partition, cannot be loaded", async () => {
  await using folder = await temporary();
  await write(`${folder.path}/tables/users/part.parquet`, login());
  const open = () => openDataset(folder.path);
  await assertRejects(open, DestinationError, "Cannot find Parquet files in");
  const none = `${folder.path}/tables/countries/country_code=__HIVE_DEFAULT_PARTITION__`;
  await write(`${none}/part.parquet`, login());
  await assertRejects(open, DestinationError, "no country_code for its rows");
});
