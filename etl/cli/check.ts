import { typedPath } from "../common/path.ts";
import { options } from "./command.ts";
import { custom, DATA, DATABASE, engine, FILES, JSON_OUTPUT, PATH } from "./options.ts";

export const check = options({
  name: "check",
  description: "Check the data by expectations; exit code 5 when one of severity error fails.",
  operands: FILES,
  args: {
    data: DATA,
    stage: {
      type: "enum",
      choices: ["tables", "pages", "database"],
      default: "tables",
      description:
        "What to check: the committed tables, saved pages before them, or the tables in a database",
    },
    source: custom(
      { PATH: typedPath },
      "Saved answers, for --stage pages: a file, a folder, a quoted glob, - for stdin; repeatable",
      { multiple: true },
    ),
    path: PATH,
    to: { ...DATABASE, description: `For --stage database: ${DATABASE.description}` },
    custom: custom(
      { PATH: typedPath },
      "Expectations of your own, .sql or .ts, a file or a folder; repeatable (default: the folder expectations of the dataset, where there is one)",
      { multiple: true },
    ),
    engine: engine("DuckDB in the sandbox, or the native library for large data"),
    export: {
      type: "enum",
      choices: ["great-expectations"],
      description: "Print the suite of the tables for another tool instead of evaluating",
    },
    json: JSON_OUTPUT,
  },
  examples: [
    "# the tables under data",
    "deno task check",
    "# the committed sample, with its two custom expectations",
    "deno task check --data data/sample",
    "# pages, before they become tables",
    "deno task check --stage pages --source 'pages/*.json.gz'",
    "# the tables of a database, by its own SQL",
    "deno task check --stage database --to @database.url",
    "# millions of people, for a program, with rules of your own",
    "deno task check --engine native --json --custom rules/",
    "# the same suite for Great Expectations",
    "deno task check --export great-expectations > suite.json",
  ].join("\n"),
});
