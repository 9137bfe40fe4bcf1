import { FORMAT_NAMES, type OwnFile } from "../query/options.ts";
import { EXIT } from "../common/errors.ts";
import { typedPath } from "../common/path.ts";
import { command, refuse } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { custom, DATA, engine, flag } from "./options.ts";

function ownFile(text: string): OwnFile {
  const [, name, path = text] = /^([A-Za-z_]\w*)=(.+)$/s.exec(text) ?? [];
  return { name, path: typedPath(path) };
}

/** Permissions to drop once the dataset is open, so that SQL cannot use them. */
const PERMISSIONS = ["read", "write", "net", "env", "run", "ffi", "sys"] as const;
/** Permissions that a prompt keeps for the user's files. Its WebAssembly engine keeps none. */
const AT_PROMPT: ReadonlySet<string> = new Set(["read", "write", "env"]);

export const query = command({
  name: "query",
  description: "Run SQL on the tables of a dataset, or open a prompt.",
  args: {
    file: {
      type: "custom",
      parse: typedPath,
      short: "f",
      description: "Read the SQL from a file",
    },
    with: custom(
      { FILE: ownFile },
      "Add a CSV, JSON or Parquet file as a view, named like the file or as in scores=x.parquet; repeatable",
      { multiple: true },
    ),
    format: {
      type: "enum",
      choices: FORMAT_NAMES,
      default: "table",
      description: "Format of results; table prints the first 40 rows, the others all rows",
    },
    engine: engine(
      "Build of DuckDB; native is faster on large data and downloads its library once",
    ),
    export: custom(
      { FILE: typedPath },
      "Write one database file for other programs, below data: people.duckdb with the tables, " +
        "their keys and the views of the cookbook, or people.sqlite with tables and keys",
    ),
    noHistory: flag("Do not save the prompt's history to data/.query_history"),
    data: DATA,
  },
  operands: "[SQL]",
  examples: {
    "people of each country":
      'deno task query "select country_code, count(*) from users group by all"',
    "SQL from a file, the result as CSV": "deno task query --format csv -f people.sql > people.csv",
    "SQL from another program": 'echo "summarize users" | deno task query',
    "with a file of your own":
      'deno task query --with scores.csv "from users join scores using (email)"',
    "many rows, as Parquet":
      'deno task query --engine native --format parquet "from users" > users.parquet',
    "the tables and their columns": "deno task query .schema",
    "one file for other programs": "deno task query --export data/people.duckdb",
  },
  run: async (
    { file, format, engine, data, with: files = [], noHistory, export: path },
    context,
  ) => {
    const { terminal, positionals } = context;
    if (path !== undefined) {
      if (positionals.length > 0 || file !== undefined) {
        throw refuse(
          "Cannot export and run SQL in one command: --export writes whole tables",
          "Run one after the other; --format parquet writes the result of SQL",
        );
      }
      const { exportTables } = await import("../query/export/export.ts");
      const { bytes } = await exportTables(path, { data, engine, signal: context.signal });
      terminal.err(`Wrote ${path}, ${(bytes / 1e6).toFixed(1)} MB. It holds sensitive columns\n`);
      return EXIT.done;
    }
    const { runQuery } = await import("../query/run.ts");
    const request = { positionals, file, format, engine, data, files };
    const history = noHistory ? undefined : "data/.query_history";
    return await runQuery({ ...request, history }, {
      terminal,
      // WebAssembly blocks events for minutes, so the system ends the process. Nothing is written.
      get signal() {
        return engine === "wasm" ? new AbortController().signal : context.signal;
      },
      advise: (next) => {
        const args = ["query", `--engine=${engine}`, `--data=${data}`];
        return nextText(next, { terminal: true, data, args });
      },
      giveUpPermissions: (isPrompt) => {
        for (const name of PERMISSIONS) {
          if (!isPrompt || !AT_PROMPT.has(name)) Deno.permissions.revokeSync({ name });
        }
      },
    });
  },
});
