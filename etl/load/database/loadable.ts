// Committed parts are compared with the manifest, so that a load has exactly the committed rows.
import { SCHEMA_VERSION, TABLE_NAMES, type TableName } from "../../../schema/mod.ts";
import {
  checkParts,
  type Dataset,
  exists,
  type ForgottenIds,
  idKey,
  idKeys,
  isForeign,
  layout,
  openDataset as openCommitted,
  readForgotten,
  readIntact,
  readUnchanged,
  requireCurrent,
} from "../dataset/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { selectRows, type TableData } from "../../transform/normalise/mod.ts";
import { countForeign, parquetFiles, readForeign } from "../parquet/foreign.ts";
import { readParquet } from "../parquet/read.ts";

function fault(message: string, next: string | NextStep): DestinationError {
  return new DestinationError(message, { step: "read", next });
}

export interface Loadable {
  /** Rows of each table, including rows of forgotten people. */
  readonly rows: Readonly<Record<TableName, number>>;
  /** Reads the rows of a table, except rows of forgotten people. */
  readonly read: (table: TableName) => AsyncIterable<TableData>;
  /** Ids of forgotten people, 16 bytes each. */
  readonly forgotten: ForgottenIds;
}

/** Removes forgotten people, which tables of other engines may contain. */
async function* withoutForgotten(
  chunks: AsyncIterable<TableData>,
  forgotten: ForgottenIds,
): AsyncGenerator<TableData> {
  const gone = new Set(idKeys(forgotten));
  for await (const data of chunks) {
    const ids = data.columns["user_id"];
    const held = ids instanceof Uint8Array && gone.size > 0 &&
      idKeys(ids.subarray(0, data.rows * 16)).some((key) => gone.has(key));
    yield held ? selectRows(data, (row) => !gone.has(idKey(ids, row))) : data;
  }
}

async function eachTable<T>(of: (table: TableName) => T | Promise<T>) {
  const entries: [TableName, T][] = [];
  for (const table of TABLE_NAMES) entries.push([table, await of(table)]);
  return Object.fromEntries(entries) as Record<TableName, T>;
}

/** Opens tables of another engine and compares them with the schema, without a manifest. */
async function openForeign(root: string): Promise<Loadable> {
  const files = await eachTable(async (table) => {
    const folder = `${layout(root).tables}/${table}`;
    const found = await exists(folder) ? await parquetFiles(folder) : [];
    if (found.length > 0) return found;
    throw fault(`Cannot find Parquet files in ${folder}`, "Write all six tables, then load again");
  });
  const rows = await eachTable(async (table) => {
    let rows = 0;
    for (const file of files[table]) rows += await countForeign(file, table);
    return rows;
  });
  const forgotten = await readForgotten(root, undefined);
  async function* read(table: TableName) {
    for (const file of files[table]) yield* readForeign(file, table);
  }
  return { rows, read: (table) => withoutForgotten(read(table), forgotten), forgotten };
}

export async function openDataset(root: string): Promise<Loadable> {
  if (await isForeign(root)) return await openForeign(root);
  const dataset = await openCommitted(root);
  const { tables, manifest } = dataset;
  if (manifest.schema !== SCHEMA_VERSION) {
    const reason = `schema ${manifest.schema} is older than ${SCHEMA_VERSION}`;
    throw fault(`Cannot use ${tables}: ${reason}`, { code: "schema_older" });
  }
  const forgotten = await readForgotten(root, dataset);
  await readUnchanged(root, { dataset, step: "load", read: () => checkParts(dataset) });
  return {
    rows: await eachTable((table) => manifest.tables[table].rows),
    read: (table) => withoutForgotten(readTable(root, { dataset, table }), forgotten),
    forgotten,
  };
}

async function* readTable(
  root: string,
  { dataset, table }: { dataset: Dataset; table: TableName },
): AsyncGenerator<TableData> {
  const { tables, manifest } = dataset;
  for (const part of manifest.tables[table].parts) {
    const bytes = await readIntact(`${tables}/${part.file}`, part).catch(async (cause) => {
      await requireCurrent(root, { dataset, step: "load", cause });
      throw cause;
    });
    yield await readParquet(bytes, table);
  }
}
