import { ENGINES, FORMAT_NAMES, type OwnFile } from "../query/options.ts";
import { typedPath } from "../common/path.ts";
import { options } from "./command.ts";
import { custom, DATA } from "./options.ts";

/** Parses `FILE` or `NAME=FILE`. */
export function ownFile(text: string): OwnFile {
  const [, name, path = text] = /^([A-Za-z_]\w*)=(.+)$/s.exec(text) ?? [];
  return { name, path };
}

/** Checks the path in `FILE` or `NAME=FILE`. */
function typedFile(text: string): string {
  const { name, path } = ownFile(text);
  return `${name === undefined ? "" : `${name}=`}${typedPath(path)}`;
}

export const query = options({
  name: "query",
  description: "Answers SQL over the tables of a dataset; opens a prompt without SQL",
  args: {
    file: {
      type: "custom",
      parse: typedPath,
      short: "f",
      description: "Read the SQL from a file",
    },
    with: {
      ...custom(
        { FILE: typedFile },
        "Ask a CSV, JSON or Parquet file too, by its name or another: scores=x.parquet; repeatable",
      ),
      multiple: true,
    },
    format: {
      type: "enum",
      choices: FORMAT_NAMES,
      default: "table",
      description: "How results are printed; table shows the first 40 rows, the others all",
    },
    engine: {
      type: "enum",
      choices: ENGINES,
      default: "wasm",
      description: "The DuckDB that runs; native is for large data and downloads its library once",
    },
    export: {
      type: "custom",
      parse: typedPath,
      metavar: "FILE",
      description:
        "Write the tables, with keys, comments and the views of the cookbook, into one file for " +
        "other programs, below data: people.duckdb, or people.sqlite without the views",
    },
    noHistory: {
      type: "boolean",
      description: "Keep nothing of what is typed at the prompt; else data/.query_history has it",
    },
    data: DATA,
  },
  operands: "[SQL]",
  examples: `deno task query "select country_code, count(*) from users group by all"
deno task query --format csv -f people.sql > people.csv
echo "summarize users" | deno task query
deno task query --with scores.csv "from users join scores using (email)"
deno task query --engine native --format parquet "from users" > users.parquet
deno task query .schema
deno task query --export data/people.duckdb`,
});
