// Reads a result that an engine stored as a table.
import { type Engine, identifier, literal } from "./engine.ts";
import type { Result, ResultColumn, Row, ValueType } from "./result.ts";
import { parquetType, parseType, textType } from "./types.ts";

const TEXT: ValueType = { kind: "text", sql: "VARCHAR" };

interface StoredColumn extends ResultColumn {
  /** The column name in the stored table. */
  readonly stored: string;
}

async function collect(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}

/** Names the second `a` as `a_1`; the engines use `a:1` or `a_1`. */
function publicName(stored: string, before: readonly string[]): string {
  const [, name, number] = /^(.*):(\d+)$/s.exec(stored) ?? [];
  const repeats = before.some((other) => other.toLowerCase() === name?.toLowerCase());
  return repeats ? `${name}_${number}` : stored;
}

async function storedColumns(engine: Engine, table: string): Promise<StoredColumn[]> {
  const rows = await collect(engine.stream(
    `select name, type from pragma_table_info(${literal(table)}) order by cid`,
    [TEXT, TEXT],
  ));
  const before: string[] = [];
  return rows.map(([name, sql]) => {
    const [stored, sqlType] = [String(name), String(sql)];
    const column = { stored, name: publicName(stored, before), sqlType, type: parseType(sqlType) };
    before.push(stored);
    return column;
  });
}

/** Throws if the number of rows differs, so that a fault of the engine never shortens a result. */
async function* counted(
  batches: AsyncIterable<readonly Row[]>,
  expected: number,
): AsyncGenerator<readonly Row[]> {
  let seen = 0;
  for await (const batch of batches) {
    seen += batch.length;
    if (batch.length > 0) yield batch;
  }
  if (seen !== expected) throw new Error(`Cannot read result: ${seen} rows of ${expected}`);
}

/** Reads a stored result; its `close` drops the table. */
export async function readResult(engine: Engine, table: string): Promise<Result> {
  const columns = await storedColumns(engine, table);
  const [[count] = []] = await collect(
    engine.stream(`select count(*)::varchar from ${identifier(table)}`, [TEXT]),
  );
  const rowCount = Number(count);
  const cells = columns.map(({ stored, type }, index) =>
    `${identifier(stored)}::${textType(type)} as c${index}`
  );
  const types = columns.map(({ type }) => type);
  const sql = `select ${cells.join(", ")} from ${identifier(table)}`;
  const batches = () => counted(engine.stream(sql, types), rowCount);
  const named = columns.map(({ stored, name, type }) =>
    `${identifier(stored)}::${parquetType(type)} as ${identifier(name)}`
  );
  const select = `select ${named.join(", ")} from ${identifier(table)}`;
  return {
    columns,
    rowCount,
    batches,
    rows: (limit = rowCount) => collect(engine.stream(`${sql} limit ${limit}`, types)),
    parquet: () => engine.parquet({ select, columns, batches }),
    close: () => engine.execute(`drop table ${identifier(table)}`),
  };
}
