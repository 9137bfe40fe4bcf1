// Profiles columns by privacy: values of public ones, shapes of personal ones, counts of sensitive.
import { columnsOf, type NamedColumn, type TableName, TABLES } from "../../schema/mod.ts";
import { type Dataset, identifier } from "../query/mod.ts";
import { shape } from "../transform/validate/mask.ts";

export interface Asked {
  readonly dataset: Dataset;
  readonly signal?: AbortSignal | undefined;
}

export async function ask({ dataset, signal }: Asked, sql: string): Promise<(string | null)[][]> {
  const result = await dataset.query(sql, signal === undefined ? {} : { signal });
  const rows = await result.rows() as (string | null)[][];
  await result.close();
  return rows;
}

export interface Frequency {
  readonly value: string;
  readonly count: number;
}

export async function counts(asked: Asked, sql: string): Promise<Frequency[]> {
  const rows = await ask(asked, sql);
  return rows.map(([value, count]) => ({ value: value ?? "", count: Number(count) }));
}

export interface ColumnProfile extends NamedColumn {
  readonly rows: number;
  readonly nulls: number;
  readonly distinct: number;
  /** Whether the count is an estimate, which can be off by some percent. */
  readonly estimated: boolean;
  /** The minimum and maximum, for public columns only. */
  readonly range?: readonly [string, string];
  /** The least and most characters, for personal text. */
  readonly lengths?: readonly [number, number];
  /** The most frequent values of public columns, or the most frequent shapes of personal text. */
  readonly top: readonly Frequency[];
}

export interface TableProfile {
  readonly name: TableName;
  readonly columns: readonly ColumnProfile[];
  /** The first rows, masked. */
  readonly preview: readonly (readonly string[])[];
}

/** The limit for exact distinct counts; counts of more ids do not fit into memory. */
const MOST_EXACT = 1_000_000;

const PREVIEW_ROWS = 5;
const TOP_VALUES = 5;
const TOP_SHAPES = 3;

/** Returns the SQL of {@link shape}. Replaces punctuation first, to keep later replacements. */
export function shapeSql(column: string): string {
  const steps = [
    ["[^\\p{L}\\p{M}\\p{N} @:+\\-]", "."],
    ["\\p{N}", "9"],
    ["[\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]", "x"],
    ["\\p{Lu}", "X"],
  ];
  return steps.reduce(
    (sql, [pattern, by]) => `regexp_replace(${sql}, '${pattern}', '${by}', 'gs')`,
    identifier(column),
  );
}

const isPersonalText = ({ privacy, type }: NamedColumn) =>
  privacy === "personal" && type === "text";

/** Selects three counts, then two bounds if they may be shown. */
function figures(column: NamedColumn, exact: boolean): string[] {
  const name = identifier(column.name);
  const bounds = column.privacy === "public"
    ? [`min(${name})`, `max(${name})`]
    : isPersonalText(column)
    ? [`min(length(${name}))`, `max(length(${name}))`]
    : [];
  const distinct = exact ? `count(distinct ${name})` : `approx_count_distinct(${name})`;
  return ["count(*)", `count(${name})`, distinct, ...bounds];
}

/** Selects the most frequent values or shapes. With `few` values, it counts them first. */
function topSql(
  column: NamedColumn,
  { table, few }: { readonly table: TableName; readonly few: boolean },
): string | undefined {
  const [name, from] = [identifier(column.name), identifier(table)];
  const most = (limit: number) => `group by 1 order by 2 desc, 1 limit ${limit}`;
  if (column.privacy === "public") {
    return `select ${name}::varchar as value, count(*) as n from ${from} ${most(TOP_VALUES)}`;
  }
  if (!isPersonalText(column)) return undefined;
  const [rows, times] = few
    ? [`(select ${name}, count(*) as times from ${from} group by 1) as counted`, "sum(times)"]
    : [from, "count(*)"];
  return `select ${shapeSql(column.name)} as value, ${times} as n from ${rows} ${most(TOP_SHAPES)}`;
}

async function profileColumn(
  column: NamedColumn,
  { table, rows, asked }: { table: TableName; rows: number; asked: Asked },
): Promise<ColumnProfile> {
  const exact = rows <= MOST_EXACT;
  const select = `select ${figures(column, exact).join(", ")} from ${identifier(table)}`;
  const [found = []] = await ask(asked, select);
  const [total = 0, filled = 0, distinct = 0] = found.map(Number);
  const [, , , least, most] = found;
  const sql = topSql(column, { table, few: distinct * 2 <= total });
  const isBounded = typeof least === "string" && typeof most === "string";
  return {
    ...column,
    rows: total,
    nulls: total - filled,
    distinct,
    estimated: !exact,
    ...(isBounded && column.privacy === "public" && { range: [least, most] as const }),
    ...(isBounded && isPersonalText(column) && { lengths: [Number(least), Number(most)] as const }),
    top: sql === undefined ? [] : await counts(asked, sql),
  };
}

function masked(value: string | null, { privacy }: NamedColumn): string {
  if (value === null) return "";
  if (privacy === "public") return value;
  return privacy === "personal" ? shape(value) : "hidden";
}

export async function profileTable(
  name: TableName,
  { rows, asked }: { rows: number; asked: Asked },
): Promise<TableProfile> {
  const columns = columnsOf(TABLES[name]);
  const profiles = await Array.fromAsync(columns, async (column) => {
    return await profileColumn(column, { table: name, rows, asked });
  });
  // The preview does not read sensitive values.
  const cells = columns.map(({ name, privacy }) =>
    privacy === "sensitive" ? "''" : identifier(name)
  );
  const first = await ask(
    asked,
    `select ${cells.join(", ")} from ${identifier(name)} limit ${PREVIEW_ROWS}`,
  );
  const preview = first.map((row) => columns.map((column, at) => masked(row[at] ?? null, column)));
  return { name, columns: profiles, preview };
}
