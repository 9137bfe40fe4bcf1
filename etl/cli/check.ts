import { typedPath } from "../common/path.ts";
import { STAGES } from "../common/stages.ts";
import { options } from "./command.ts";
import { custom, DATA, DATABASE, engine, FILES, JSON_OUTPUT, PATH } from "./options.ts";

export const check = options({
  name: "check",
  description: "Evaluate expectations on the data; exit code 5 if one of severity error fails.",
  operands: FILES,
  args: {
    data: DATA,
    stage: {
      type: "enum",
      choices: STAGES,
      default: "tables",
      description: "Data to check: the committed tables, saved pages, or the tables in a database",
    },
    source: custom(
      { PATH: typedPath },
      "Saved responses for --stage pages: a file, a folder, a quoted glob, - for stdin; repeatable",
      { multiple: true },
    ),
    path: PATH,
    to: { ...DATABASE, description: `For --stage database: ${DATABASE.description}` },
    custom: custom(
      { PATH: typedPath },
      "Your own expectations: a .sql or .ts file, or a folder; repeatable (default: the folder expectations of the dataset, if it exists)",
      { multiple: true },
    ),
    engine: engine("Build of DuckDB: wasm in the sandbox, or native for large data"),
    export: {
      type: "enum",
      choices: ["great-expectations"],
      description: "Print the suite for another tool, and evaluate nothing",
    },
    json: JSON_OUTPUT,
  },
  examples: {
    "the tables under data": "deno task check",
    "the committed sample, with its two custom expectations": "deno task check --data data/sample",
    "saved pages": "deno task check --stage pages --source 'pages/*.json.gz'",
    "the tables in a database": "deno task check --stage database --to @database.url",
    "millions of people, JSON output, your own expectations":
      "deno task check --engine native --json --custom rules/",
    "the same suite for Great Expectations":
      "deno task check --export great-expectations > suite.json",
  },
});
