/**
 * Stores the rows of a statement in a table of the engine, so that all results have one form.
 *
 * @module
 */
import { type Engine, identifier, literal } from "./engine.ts";
import type { Admitted } from "./guard.ts";

/** A struct without field names: `STRUCT(INTEGER, …)` has a type in the place of a name. */
const NAMELESS = /STRUCT\((?: |(?:"[^"]*"|[^\s"(),]+)[,()[]|TIME(?:STAMP)? WITH)/;

/**
 * Stores the rows of a SELECT under its column names. A table cannot hold a struct without names,
 * such as `row(1, 2)`: if DuckDB reports one, such columns are stored as text.
 */
export async function storeSelect(
  engine: Engine,
  { sql, table, signal }: { sql: string; table: string; signal: AbortSignal | undefined },
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

/** Stores the rows of a statement that is not a SELECT, so that all results have one form. */
export async function storeListing(
  engine: Engine,
  admitted: Admitted,
  { table, signal }: { table: string; signal: AbortSignal | undefined },
): Promise<void> {
  const inner = `${table}_inner`;
  // This place takes only a SELECT. SUMMARIZE reads the stored rows, so that errors are not hidden.
  if (admitted.kind === "explain") {
    await engine.execute(`explain create temp table ${identifier(inner)} as\n${admitted.inner}`);
  }
  const stored = admitted.kind === "listing" && admitted.inner !== undefined;
  if (stored) await storeSelect(engine, { sql: admitted.inner, table: inner, signal });
  const { names, rows } = await engine.list(
    stored ? `summarize ${identifier(inner)}` : admitted.sql,
    signal,
  ).finally(() => stored && engine.execute(`drop table ${identifier(inner)}`).catch(() => {}));
  const value = (cell: string | null) => cell === null ? "null" : literal(cell);
  const columns = names.map((name, index) => `c${index}::varchar as ${identifier(name)}`);
  const tuples = rows.length === 0
    ? [`(${names.map(() => "null").join(", ")})`]
    : rows.map((row) => `(${row.map(value).join(", ")})`);
  await engine.execute(
    `create temp table ${identifier(table)} as select ${columns.join(", ")} from (values ${
      tuples.join(", ")
    }) t(${names.map((_, index) => `c${index}`).join(", ")}) where ${rows.length > 0}`,
  );
}
