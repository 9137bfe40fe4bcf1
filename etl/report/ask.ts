import type { Dataset } from "../query/mod.ts";

export interface Asked {
  readonly dataset: Dataset;
  readonly signal?: AbortSignal | undefined;
}

/** Queries the rows of a SELECT without nested values, as text. */
export async function ask({ dataset, signal }: Asked, sql: string): Promise<(string | null)[][]> {
  const result = await dataset.query(sql, signal === undefined ? {} : { signal });
  const rows = await result.rows() as (string | null)[][];
  await result.close();
  return rows;
}

/** Queries the rows of a SELECT of a text and a count. */
export async function counts(
  asked: Asked,
  sql: string,
): Promise<{ readonly value: string; readonly count: number }[]> {
  const rows = await ask(asked, sql);
  return rows.map(([value, count]) => ({ value: value ?? "", count: Number(count) }));
}
