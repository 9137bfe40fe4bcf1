/**
 * Reads committed tables with DuckDB as the same text as `readTables`.
 *
 * @module
 */
import { openDataset } from "../etl/query/dataset.ts";
import type { EngineName } from "../etl/query/options.ts";
import { columnsOf, TABLE_NAMES, TABLES } from "../schema/mod.ts";

/** Converts a timestamp of DuckDB, which has a space, no zone and no trailing zeros. */
function moment(text: string): string {
  const [date, time = "", fraction = ""] = text.split(/[ .]/);
  return `${date}T${time}.${fraction.padEnd(3, "0")}Z`;
}

/** Reads the rows of all tables of a dataset in the order of their parts. */
export async function readWithDuckdb(root: string, engine: EngineName = "wasm") {
  const dataset = await openDataset(root, { engine });
  const found: Record<string, unknown[]> = {};
  try {
    for (const table of TABLE_NAMES) {
      const columns = columnsOf(TABLES[table]);
      const result = await dataset.query(`select * from ${table}`);
      found[table] = (await result.rows()).map((cells) =>
        Object.fromEntries(columns.map(({ name, type }, at) => {
          const text = String(cells[at]);
          return [name, type === "timestamp" ? moment(text) : type === "integer" ? +text : text];
        }))
      );
      await result.close();
    }
  } finally {
    dataset.close();
  }
  return found;
}
