/**
 * Small datasets for load tests, written by hand or generated.
 *
 * @module
 */
import { MANIFEST_FORMAT } from "../../../etl/load/dataset/manifest.ts";
import { extract } from "../../../etl/run/run.ts";
import { plan } from "../../../etl/run/plan.ts";
import { REAL } from "../../../etl/common/effects.ts";
import type { ColumnData } from "../../../etl/transform/normalise/columns.ts";
import { makeColumns } from "../../../etl/transform/normalise/columns.ts";
import { setUuid } from "../../../etl/transform/normalise/identity.ts";
import { writeParquet } from "../../../etl/load/parquet/parquet.ts";
import {
  columnsOf,
  DECIMAL,
  type Row,
  SCHEMA_VERSION,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import type { Texts } from "../../../etl/transform/normalise/texts.ts";

/** Rows of the six tables, in their printed form. */
export type RowsByTable = { readonly [T in TableName]: readonly Row<T>[] };

function fill(table: TableName, rows: readonly Record<string, string | number>[]) {
  const columns = makeColumns(table, rows.length) as unknown as Record<string, ColumnData>;
  for (const { name, type } of columnsOf(TABLES[table])) {
    const column = columns[name]!;
    for (const [row, values] of rows.entries()) {
      const value = values[name]!;
      if (type === "uuid") setUuid(column as Uint8Array, { row, uuid: String(value) });
      else if (type === "text") (column as Texts).push(String(value));
      else if (type === "decimal") {
        (column as Int32Array)[row] = Math.round(Number(value) * 10 ** DECIMAL.scale);
      } else if (type === "timestamp") (column as Float64Array)[row] = Date.parse(String(value));
      else (column as Int32Array)[row] = Number(value);
    }
  }
  return { table, rows: rows.length, columns };
}

/** Writes a dataset that holds these rows, with one part per table. */
export async function writeDataset(root: string, rows: RowsByTable): Promise<void> {
  const tables: Record<string, unknown> = {};
  for (const table of TABLE_NAMES) {
    const bytes = writeParquet(fill(table, rows[table] as readonly Record<string, string>[]));
    const file = `${table}/part-00001.parquet`;
    await Deno.mkdir(`${root}/tables/${table}`, { recursive: true });
    await Deno.writeFile(`${root}/tables/${file}`, bytes);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const part = { file, rows: rows[table].length, bytes: bytes.length, sha256 };
    tables[table] = { rows: part.rows, parts: [part] };
  }
  const manifest = {
    format: MANIFEST_FORMAT,
    debr: "0.1.0",
    schema: SCHEMA_VERSION,
    people: { received: 0, rejected: 0, repeated: 0, forgotten: 0 },
    tables,
    requests: [],
    batches: [],
    rejects: [],
  };
  await Deno.writeTextFile(`${root}/tables/manifest.json`, JSON.stringify(manifest));
}

/** Writes generated people; a larger number with the same seed begins with the same people. */
export async function writePeople(
  root: string,
  { people, seed = "load" }: { readonly people: number; readonly seed?: string },
): Promise<void> {
  const pageSize = Math.min(people, 1000);
  const request = { source: "synthetic", results: people, pageSize, seed } as const;
  const { source, client } = await plan(request, REAL);
  await extract(source, { root, client, maxRejects: { people: 0 } });
}

const CODE = "0123456789abcdef";

/** Makes people with values that are hard to store; `changes` override columns of `users`. */
export function hardPeople(changes: readonly Partial<Row<"users">>[]): RowsByTable {
  const ids = changes.map((_, at) => `00000000-0000-8000-8000-${String(at).padStart(12, "0")}`);
  const users = changes.map((change, at): Row<"users"> => ({
    user_id: ids[at]!,
    gender: "female",
    title: "Ms",
    first_name: "Ada",
    last_name: "Example",
    email: "ada@example.com",
    phone: "1",
    cell: "2",
    date_of_birth: "1990-01-31T12:34:56.789Z",
    registered_at: "2010-01-31T12:34:56.789Z",
    street_number: 1,
    street_name: "Street",
    city: "City",
    state: "State",
    postcode: "0422",
    latitude: "1.0000",
    longitude: "2.0000",
    country_code: "AU",
    timezone_code: CODE,
    media_id: CODE,
    ...change,
  }));
  const altids = ["SSN", "SSN ", "ssn", "ßSN"].map((altid_name) => ({
    user_id: ids[0]!,
    altid_name,
    altid_value: "\\N",
  }));
  const url = "https://example.com/0.jpg";
  return {
    countries: [{ country_code: "AU", country_name: "Australia" }],
    timezones: [{ timezone_code: CODE, utc_offset: "+5:45", description: "Kathmandu " }],
    media: [{ media_id: CODE, large_url: url, medium_url: url, thumbnail_url: url }],
    users,
    logins: ids.map((user_id) => ({
      user_id,
      login_external_uuid: user_id,
      username: "a\\tb",
      sha256: "0".repeat(64),
    })),
    altids,
  };
}
