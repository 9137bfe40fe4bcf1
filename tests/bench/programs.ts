/**
 * The command lines of the compared programs.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { PEERS, PYTHON, WORK } from "./setup.ts";

/** A command line. */
export type Line = readonly [string, ...string[]];

/** A program to measure. */
export interface Program {
  readonly name: string;
  readonly line: Line;
  /** What the program does. */
  readonly note: string;
}

type Tasks = Readonly<Record<string, { readonly command: string } | undefined>>;

/** Returns the command line of a task without `deno task`, which would add a process; `undefined` if unknown. */
export function task(name: string, args: readonly string[]): Line | undefined {
  const command = (config.tasks as Tasks)[name]?.command;
  if (command === undefined) return undefined;
  // `env` accepts variables before the program, like `deno task`.
  const line = /^\w+=/.test(command) ? ["env", ...command.split(" ")] : command.split(" ");
  return [...line, ...args] as unknown as Line;
}

/** Returns `extract` from saved pages to six tables. */
export function debr(pages: string): Program {
  const line = task("extract", ["--source", pages, "--out", `${WORK}/debr`])!;
  return { name: "debr", line, note: "validates everything; six tables, committed atomically" };
}

function peer(script: string, source: string): Line {
  return [PYTHON, `${PEERS}${script}.py`, source, `${WORK}/${script}`];
}

/** Returns the peers on the same people. */
export function peers({ pages, ndjson }: { pages: string; ndjson: string }): readonly Program[] {
  return [
    {
      name: "pandas + Pydantic",
      line: peer("pandas_pydantic", pages),
      note: "validates types; six tables",
    },
    { name: "dlt", line: peer("dlt_pages", pages), note: "infers types; no rules" },
    { name: "Polars", line: peer("polars_pages", pages), note: "no validation; six tables" },
    {
      name: "DuckDB on pages",
      line: peer("duckdb_json", pages),
      note: "declared types, no rules; six tables",
    },
    {
      name: "DuckDB on NDJSON",
      line: peer("duckdb_json", ndjson),
      note: "the floor: best case, pages already split, no rules",
    },
  ];
}

/** Returns short commands, in which the start takes most of the time. */
export function startups(): readonly { readonly name: string; readonly line: Line }[] {
  const query = ["--data", `${WORK}/debr`, "select count(*) from users"];
  const lines: readonly (readonly [string, Line | undefined])[] = [
    ["`deno eval 0`", ["deno", "eval", "0"]],
    ["`extract --help`", task("extract", ["--help"])],
    ["`extract --source sample`", sampleTask()],
    ["`query`, first row", task("query", query)],
    ["`query --engine native`, first row", task("query", ["--engine", "native", ...query])],
    ["`import duckdb` and the same query in Python", [PYTHON, "-c", DUCKDB_QUERY]],
    ["`import dlt`", [PYTHON, "-c", "import dlt"]],
  ];
  return lines.flatMap(([name, line]) => line ? [{ name, line }] : []);
}

const TABLES = `${WORK}/debr/tables`;
const JOIN = "select country_name, count(*), count(distinct username), avg(latitude)::double " +
  "from users join logins using (user_id) join countries using (country_code) group by 1 order by 2";

/** Returns a query with joins and a group over all people, on each engine and on DuckDB's command line. */
export function queries(): readonly Program[] {
  const query = ["--data", `${WORK}/debr`, JOIN];
  const views = ["users", "logins", "countries"]
    .map((name) => `create view ${name} as from '${TABLES}/${name}/*.parquet';`).join(" ");
  return [
    {
      name: "`query --engine native`",
      line: task("query", ["--engine", "native", ...query])!,
      note: "DuckDB 1.5.4, restricted to the tables, buffers its result before printing",
    },
    { name: "`query`", line: task("query", query)!, note: "duckdb-wasm, in Deno's sandbox" },
    {
      name: "DuckDB's command line",
      line: [`${WORK}/venv/bin/duckdb`, "-c", `${views} ${JOIN}`],
      note: "DuckDB 1.5.4",
    },
  ];
}

const DUCKDB_QUERY = "import duckdb; print(duckdb.sql(" +
  `"select count(*) from '${WORK}/debr/tables/users/*.parquet'").fetchall())`;

function sampleTask(): Line | undefined {
  try {
    Deno.statSync(new URL("../../data/sample/pages", import.meta.url));
  } catch {
    return undefined;
  }
  return task("extract", ["--source", "sample", "--out", `${WORK}/sample`]);
}
