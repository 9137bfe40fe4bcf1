import { typedFolder } from "../common/path.ts";
import { options } from "./command.ts";
import { custom, FILES, JSON_OUTPUT, LOG, REQUEST, wholeNumber } from "./options.ts";

function pageRange(text: string): { readonly from: number; readonly to: number } {
  const [, from, to = from] = /^([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?$/.exec(text) ?? [];
  if (from !== undefined) return { from: Number(from), to: Number(to) };
  throw new RangeError(`it should be pages such as 1-10, not ${JSON.stringify(text)}`);
}

export const land = options({
  name: "land",
  description:
    "Save raw people without secrets, one per line, for dbt, Spark or a later extract; several machines can share the work.",
  operands: FILES,
  args: {
    ...REQUEST,
    pages: custom(
      { "A-B": pageRange },
      "Only these pages of the request, from 1; other machines land the rest into the same folder (default: all)",
    ),
    out: custom(
      { DIR: typedFolder },
      "Folder for the files, below data; use one per request",
      { default: "data/raw" },
    ),
    workers: custom(
      { N: wholeNumber(1) },
      "Number of worker threads; each writes files of about 50,000 people (default: one per core)",
    ),
    log: LOG,
    json: JSON_OUTPUT,
  },
  examples: {
    "a million synthetic people, for dbt":
      "deno task land --source synthetic --results 1000000 --out data/raw/million",
    "the second of several machines with ten pages each: only --pages differs":
      "deno task land --results 1000000 --seed nightly --pages 11-20 --out data/raw/nightly",
    "when all files have landed: check them, then write the tables": [
      "deno task check --stage pages --source data/raw/nightly",
      "deno task extract --source data/raw/nightly",
    ],
    "validate files of an older debr again, for the dbt models of this one":
      "deno task land --source data/raw/nightly --out data/raw/nightly",
  },
});
