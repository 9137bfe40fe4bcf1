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
    "Compare the schema with a database, pages of the API or Parquet files; exit code 6 if they differ.",
  operands: FILES,
  args: {
    to: DATABASE,
    source: source(
      "Compare pages instead of a database: api, sample, synthetic, or saved responses: a file, a folder, a quoted glob, - for stdin; repeatable",
    ),
    path: PATH,
    data: custom(
      { DIR: typedFolder },
      "Compare Parquet files instead of a database: the folder of a dataset",
    ),
    api: text("URL", "Address of the API, for --source api (default: https://randomuser.me/api)"),
    apiVersion: apiVersion("Version of the API, for --source api or synthetic (default: 1.4)"),
    out: custom(
      { FOLDER: typedFolder },
      "Compare any database with the Valibot schemas in this folder below data, instead of debr's schema",
    ),
    update: flag("Write Valibot schemas of all tables of a database to --out"),
    json: JSON_OUTPUT,
  },
  examples: {
    "the database of DEBR_DATABASE_URL": "deno task drift",
    "what the API sends today": "deno task drift --source api",
    "what it sent before": "deno task drift --source 'pages/*.json.gz'",
    "the tables under data": "deno task drift --data data",
    "validators and types of any database":
      "deno task drift --to @shop.url --update --out data/shop",
    "whether they still match it": "deno task drift --to @shop.url --out data/shop",
  },
});
