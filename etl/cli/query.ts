/**
 * The command `query`.
 *
 * @module
 */
import { ENGINES, FORMAT_NAMES } from "../query/options.ts";
import { typedPath } from "../common/path.ts";
import { command } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { DATA } from "./options.ts";

/** What the process gives up once the dataset is open: SQL cannot use what is not there. */
const PERMISSIONS = ["read", "write", "net", "env", "run", "ffi", "sys"] as const;

/** SQL over the tables of a dataset. */
export const query = command({
  name: "query",
  description: "Answers SQL over the tables of a dataset; opens a prompt without SQL",
  args: {
    file: {
      type: "custom",
      parse: typedPath,
      short: "f",
      description: "Read the SQL from a file",
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
    data: DATA,
  },
  operands: "[SQL]",
  examples: `deno task query "select country_code, count(*) from users group by all"
deno task query --format csv -f people.sql > people.csv
echo "summarize users" | deno task query
deno task query --engine native --format parquet "from users" > users.parquet
deno task query .schema`,
  run: async ({ file, format, engine, data }, context) => {
    const { terminal, positionals } = context;
    const { runQuery } = await import("../query/run.ts");
    return await runQuery({ positionals, file, format, engine, data }, {
      terminal,
      // The WebAssembly engine may compute for minutes without a look at what else happens. So it
      // leaves signals to the system, which ends the process; nothing is written that could break.
      signal: engine === "wasm" ? new AbortController().signal : context.signal,
      advise: (next) => nextText(next, { terminal: true, data }),
      giveUpPermissions: () => {
        for (const name of PERMISSIONS) Deno.permissions.revokeSync({ name });
      },
    });
  },
});
