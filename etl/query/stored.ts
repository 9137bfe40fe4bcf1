// All results have one form: the rows of a statement are stored in a table and read from there.
import { type Engine, identifier, literal, type Result, type Row } from "./engine.ts";
import type { Admitted } from "./guard.ts";
import { parquetType, parseType, TEXT, textType } from "./types.ts";

interface Storing {
  readonly table: string;
  readonly signal: AbortSignal | undefined;
}

/** A struct without field names: `STRUCT(INTEGER, …)` has a type in the place of a name. */
const NAMELESS = /STRUCT\((?: |(?:"[^"]*"|[^\s"(),]+)[,()[]|TIME(?:STAMP)? WITH)/;

/** A table cannot hold a struct without names, such as `row(1, 2)`: it is stored as text. */
async function storeSelect(
  engine: Engine,
  { sql, table, signal }: Storing & { readonly sql: string },
): Promise<void> {
  const create = `create temp table ${identifier(table)} as\n`;
  const safe = await engine.safe?.(sql) ?? sql;
  // DuckDB 0.9.1 cannot describe a PIVOT; its column names come from values anyway.
  const isNamed = safe === sql || /\bpivot/i.test(sql);
  try {
    if (isNamed) return await engine.execute(`${create}${safe}`, signal);
  } catch (error) {
    if (!(error instanceof Error && /from an unnamed struct/.test(error.message))) throw error;
  }
  const { rows } = await engine.list(`describe\n${sql}`);
  const columns = rows.map(([name, type], index) =>
    `c${index}${NAMELESS.test(type ?? "") ? "::varchar" : ""} as ${identifier(name ?? "")}`
  );
  const given = rows.map((_, index) => `c${index}`).join(", ");
  await engine.execute(
    `${create}select ${columns.join(", ")} from (\n${safe}\n) debr_rows(${given})`,
    signal,
  );
}

async function storeListing(
  engine: Engine,
  admitted: Admitted,
  { table, signal }: Storing,
): Promise<void> {
  const inner = `${table}_inner`;
  // Only a SELECT is allowed here. SUMMARIZE reads the stored rows, so that errors are not hidden.
  if (admitted.kind === "explain") {
    await engine.execute(`explain create temp table ${identifier(inner)} as\n${admitted.inner}`);
  }
  const stored = admitted.kind === "listing" && admitted.inner !== undefined;
  if (stored) await storeSelect(engine, { sql: admitted.inner, table: inner, signal });
  const { names, rows } = await engine.list(
    stored ? `summarize ${identifier(inner)}` : admitted.sql,
    signal,
  ).finally(() => stored && engine.execute(`drop table ${identifier(inner)}`).catch(() => {}));
  const columns = names.map((name, index) => `c${index}::varchar as ${identifier(name)}`);
  const tuples = (rows.length === 0 ? [names.map(() => null)] : rows).map((row) =>
    `(${row.map((cell) => cell === null ? "null" : literal(cell)).join(", ")})`
  );
  const given = names.map((_, index) => `c${index}`).join(", ");
  await engine.execute(
    `create temp table ${identifier(table)} as select ${columns.join(", ")}
     from (values ${tuples.join(", ")}) t(${given}) where ${rows.length > 0}`,
  );
}

async function collect(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}

async function storedColumns(engine: Engine, table: string) {
  const rows = await collect(engine.stream(
    `select name, type from pragma_table_info(${literal(table)}) order by cid`,
    [TEXT, TEXT],
  ));
  const names = rows.map(([name]) => String(name));
  return rows.map(([, sql], index) => {
    const [stored, sqlType] = [names[index]!, String(sql)];
    // The engines name the second `a` either `a:1` or `a_1`.
    const [, first, number] = /^(.*):(\d+)$/s.exec(stored) ?? [];
    const repeats = names.slice(0, index).some((name) =>
      name.toLowerCase() === first?.toLowerCase()
    );
    const name = repeats ? `${first}_${number}` : stored;
    return { stored, name, sqlType, type: parseType(sqlType) };
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

async function readResult(engine: Engine, table: string): Promise<Result> {
  const columns = await storedColumns(engine, table);
  const select = (items: readonly string[]) =>
    `select ${items.join(", ")} from ${identifier(table)}`;
  const [[count] = []] = await collect(engine.stream(select(["count(*)::varchar"]), [TEXT]));
  const rowCount = Number(count);
  const types = columns.map(({ type }) => type);
  const texts = select(
    columns.map(({ stored, type }, index) =>
      `${identifier(stored)}::${textType(type)} as c${index}`
    ),
  );
  const batches = () => counted(engine.stream(texts, types), rowCount);
  const typed = select(
    columns.map(({ stored, name, type }) =>
      `${identifier(stored)}::${parquetType(type)} as ${identifier(name)}`
    ),
  );
  const close = () => engine.execute(`drop table ${identifier(table)}`);
  return {
    columns,
    rowCount,
    batches,
    rows: (limit = rowCount) => collect(engine.stream(`${texts} limit ${limit}`, types)),
    parquet: () => engine.parquet({ select: typed, columns, batches }),
    close,
    // If the engine has ended, its tables are gone, and the error of a reader says why.
    [Symbol.asyncDispose]: () => close().catch(() => {}),
  };
}

export async function storeResult(
  engine: Engine,
  admitted: Admitted,
  storing: Storing,
): Promise<Result> {
  if (admitted.kind === "select") await storeSelect(engine, { sql: admitted.sql, ...storing });
  else await storeListing(engine, admitted, storing);
  return await readResult(engine, storing.table);
}

/** Converts the errors of reading a result, such as too little memory for its rows. */
export function explained(result: Result, explain: (error: unknown) => unknown): Result {
  const fail = (error: unknown): never => {
    throw explain(error);
  };
  async function* items<T>(read: () => AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* read();
    } catch (error) {
      fail(error);
    }
  }
  return {
    ...result,
    batches: () => items(result.batches),
    parquet: () => items(result.parquet),
    rows: (limit) => result.rows(limit).catch(fail),
  };
}
