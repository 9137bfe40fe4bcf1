// Rounds values for DECIMAL columns of the user's own tables, which DuckDB 0.9.1 would cut.
import { closing, refuseNested, rounded, type Wrapped } from "./decimals.ts";
import { identifier, type Listing, literal } from "./engine.ts";
import { nesting, splitAtCommas, type Statement, type Token } from "./lexer.ts";

type List = (sql: string) => Promise<Listing>;

const SOURCE = /^(?:values|select|with|from|table|pivot|unpivot|default|\()$/;

/** Finds a token outside brackets; the number of tokens if there is none. */
function find(tokens: readonly Token[], is: (token: Token, at: number) => boolean): number {
  let depth = 0;
  const found = tokens.findIndex((token, at) => {
    const isOutside = depth === 0;
    depth += nesting(token);
    return isOutside && is(token, at);
  });
  return found < 0 ? tokens.length : found;
}

function placesOf(type: string | null | undefined): number | undefined {
  const [, places] = /^DECIMAL\(\d+,(\d+)\)$/.exec(type ?? "") ?? [];
  if (places === undefined && type?.includes("DECIMAL(")) refuseNested();
  return places === undefined ? undefined : Number(places);
}

function roundedFor(value: readonly Token[], type: string | undefined): Wrapped[] {
  return value[0]?.text === "default" ? [] : rounded(value, placesOf(type));
}

/** Puts a SELECT into another one, which rounds its columns. */
async function selected(
  select: Pick<Wrapped, "start" | "end"> & { readonly sql: string },
  { list, typeOf }: { list: List; typeOf: (name: string, at: number) => string | undefined },
): Promise<Wrapped[]> {
  const { start, end, sql } = select;
  const { rows } = await list(`describe ${sql.slice(start, end)}`).catch(() => ({ rows: [] }));
  const items = rows.map(([name, type], at) => {
    const places = placesOf(typeOf(name ?? "", at));
    const isCut = places !== undefined && (placesOf(type) ?? 0) > places;
    return `${isCut ? `debr_round_${places}(c${at})` : `c${at}`} as ${identifier(name ?? "")}`;
  });
  if (!items.some((item) => item.startsWith("debr_"))) return [];
  const before = ` with debr_rows(${items.map((_, at) => `c${at}`).join(", ")}) as (`;
  return [{ start, end, before, after: `) select ${items.join(", ")} from debr_rows` }];
}

interface Target {
  /** The position of the table's name. */
  readonly named: number;
  /** DuckDB's types of its columns by their names in lower case, in order. */
  readonly columns: ReadonlyMap<string, string>;
  readonly list: List;
}

function assigned(tokens: readonly Token[], { columns }: Target): Wrapped[] {
  const set = tokens.slice(1 + find(tokens, ({ kind, text }) => kind === "name" && text === "set"));
  const end = find(
    set,
    ({ text }, at) => text === "where" || text === "from" && set[at - 1]?.text !== "distinct",
  );
  return splitAtCommas(set.slice(0, end))
    .flatMap(([name, , ...value]) => roundedFor(value, columns.get(name?.text ?? "")));
}

async function inserted({ sql, tokens }: Statement, target: Target): Promise<Wrapped[]> {
  const { named, columns, list } = target;
  const from = find(
    tokens,
    ({ text }, at) =>
      at > named && SOURCE.test(text) && (text !== "(" || SOURCE.test(tokens[at + 1]!.text)),
  );
  const to = find(tokens, ({ text }, at) => text === "on" && tokens[at + 1]?.text === "conflict");
  const [head, source] = [tokens.slice(named + 1, from), tokens.slice(from, to)];
  const open = head.findIndex(({ text }) => text === "(");
  const names = open < 0
    ? [...columns.keys()]
    : splitAtCommas(head.slice(open + 1, closing(head, open))).map(([name]) => name!.text);
  const values = splitAtCommas(source.slice(1));
  const isRow = (row: readonly Token[]) =>
    row[0]!.text === "(" && closing(row, 0) === row.length - 1;
  if (source[0]?.text === "values" && values.every(isRow)) {
    return values.flatMap((row) =>
      splitAtCommas(row.slice(1, -1))
        .flatMap((value, at) => roundedFor(value, columns.get(names[at] ?? "")))
    );
  }
  const [start, end] = [source[0]?.start ?? 0, source.at(-1)?.end ?? 0];
  const isByName = head.some(({ text }, at) => text === "name" && head[at - 1]?.text === "by");
  const typeOf = (name: string, at: number) =>
    columns.get((isByName ? name.toLowerCase() : names[at]) ?? "");
  return await selected({ start, end, sql }, { list, typeOf });
}

/** Finds what to round in an INSERT or UPDATE; nothing in other statements. */
export async function decimalColumns(statement: Statement, list: List): Promise<Wrapped[]> {
  const { tokens } = statement;
  if (!/^(?:insert|update)$/.test(tokens[0]?.text ?? "")) return [];
  let named = find(tokens, ({ text }) => text === "into") % tokens.length + 1;
  while (tokens[named + 1]?.text === ".") named += 2;
  // A temporary table hides another one. PRAGMA table_info ends the engine if a column is generated.
  const { rows } = await list(
    `select lower(column_name), data_type from duckdb_columns()
     where lower(table_name) = ${literal(tokens[named]?.text ?? "")}
     qualify dense_rank() over (order by database_name desc) = 1 order by column_index`,
  );
  const columns = new Map(rows.map(([name, type]) => [name ?? "", type ?? ""]));
  if (![...columns.values()].some((type) => type.includes("DECIMAL("))) return [];
  const target = { named, columns, list };
  const sets = assigned(tokens, target);
  return tokens[0]!.text === "update" ? sets : [...sets, ...await inserted(statement, target)];
}
