import { typedFolder } from "../common/path.ts";
import { options } from "./command.ts";
import {
  apiVersion,
  custom,
  DATABASE,
  FILES,
  flag,
  JSON_OUTPUT,
  PATH,
  source,
  text,
} from "./options.ts";

export const drift = options({
  name: "drift",
  description:
    "Compare the schema with a database, pages of the API or Parquet files; exit code 6 when anything differs.",
  operands: FILES,
  args: {
    to: DATABASE,
    source: source(
      "Pages in place of a database: api, sample, synthetic, or saved answers: a file, a folder, a quoted glob, - for stdin; repeatable",
    ),
    path: PATH,
    data: custom(
      { DIR: typedFolder },
      "Parquet files in place of a database: the folder of a dataset",
    ),
    api: text("URL", "Address of the API, for --source api (default: https://randomuser.me/api)"),
    apiVersion: apiVersion("Version of the API, for --source api or synthetic (default: 1.4)"),
    out: custom(
      { FOLDER: typedFolder },
      "Compare any database with the Valibot schemas in this folder, below data, in place of debr's",
    ),
    update: flag("Write the Valibot schemas of all tables of a database into --out"),
    json: JSON_OUTPUT,
  },
  examples: [
    "# the database of DEBR_DATABASE_URL",
    "deno task drift",
    "# what the API sends today, and what it sent then",
    "deno task drift --source api",
    "deno task drift --source 'pages/*.json.gz'",
    "# the tables under data",
    "deno task drift --data data",
    "# validators and types of somebody else's database, then whether they still fit it",
    "deno task drift --to @shop.url --update --out data/shop",
    "deno task drift --to @shop.url --out data/shop",
  ].join("\n"),
});
