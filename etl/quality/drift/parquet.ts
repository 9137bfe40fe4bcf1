import { readFolder } from "../../common/missing.ts";
import {
  columnsOf,
  type ColumnType,
  DECIMAL,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { checkIntact, requireTables } from "../../load/dataset/mod.ts";
import { checkedParts, type KnownParts } from "../../query/mod.ts";
import { type ParquetColumn, readParquetColumns } from "../../load/parquet/read.ts";
import { differ, type Difference } from "./difference.ts";

const TYPE: Readonly<Record<ColumnType, string>> = {
  text: "text",
  uuid: "uuid",
  integer: "integer of 32 bits",
  decimal: `decimal(${DECIMAL.precision},${DECIMAL.scale})`,
  timestamp: "timestamp in milliseconds",
};

const next = { code: "dataset_unusable" } as const;

function compareFile(
  path: string,
  { table, found }: { table: TableName; found: readonly ParquetColumn[] },
): Difference[] {
  const expected = columnsOf(TABLES[table]);
  const place = (name: string) => `${name} in ${path}`;
  const there = new Map(found.map((column) => [column.name, column]));
  const ours = expected.flatMap(({ name, type }): Difference[] => {
    const column = there.get(name);
    const [at, wanted] = [place(name), { expected: TYPE[type], next }];
    if (column === undefined) return [differ("missing_column", at, wanted)];
    const { type: found, nulls } = column;
    const missing = nulls === undefined ? "may be null" : `${nulls} missing`;
    const nullable = { expected: "not null", found: missing, next };
    return [
      ...(found === TYPE[type] ? [] : [differ("retyped_column", at, { ...wanted, found })]),
      ...(nulls === 0 ? [] : [differ("nullability", at, nullable)]),
    ];
  });
  const known = new Set(expected.map(({ name }) => name));
  const theirs = found.filter(({ name }) => !known.has(name))
    .map(({ name, type }) => differ("added_column", place(name), { found: type, next }));
  return [...ours, ...theirs];
}

async function namesIn(folder: string, isWanted: (entry: Deno.DirEntry) => boolean) {
  const names = (await readFolder(folder)).filter(isWanted).map(({ name }) => name);
  return names.filter((name) => !/^[._]/.test(name)).sort();
}

async function compareTable(
  folder: string,
  { table, parts }: { table: TableName; parts: KnownParts },
): Promise<Difference[]> {
  const files = await namesIn(
    `${folder}/${table}`,
    ({ isFile, name }) => isFile && name.endsWith(".parquet"),
  );
  if (files.length === 0) {
    return [differ("missing_table", `${folder}/${table}`, { expected: "Parquet files", next })];
  }
  const differences: Difference[] = [];
  for (const name of files) {
    const path = `${folder}/${table}/${name}`;
    const different = compareFile(path, { table, found: await readParquetColumns(path) });
    const known = parts.get(path);
    // A damaged footer may look like different columns.
    if (different.length > 0 && known !== undefined) await checkIntact(path, known);
    differences.push(...different);
  }
  return differences;
}

/** Compares a dataset. Throws a `DestinationError` if it is missing or a file is damaged. */
export async function compareParquet(root: string): Promise<Difference[]> {
  const folder = await requireTables(root, { step: "drift" });
  const parts = await checkedParts(root);
  const known = new Set<string>(TABLE_NAMES);
  const others = await namesIn(folder, ({ isDirectory, name }) => isDirectory && !known.has(name));
  const tables = await Promise.all(
    TABLE_NAMES.map((table) => compareTable(folder, { table, parts })),
  );
  return [
    ...tables.flat(),
    ...others.map((name) =>
      differ("added_table", `${folder}/${name}`, { found: "a folder", next: "Move it elsewhere" })
    ),
  ];
}
