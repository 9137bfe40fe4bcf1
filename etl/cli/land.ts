import { typedFolder } from "../common/path.ts";
import { options } from "./command.ts";
import { custom, FILES, JSON_OUTPUT, LOG, REQUEST, wholeNumber } from "./options.ts";

/** Parses a page or a range of pages. */
function pageRange(text: string): { readonly from: number; readonly to: number } {
  const [, from, to = from] = /^([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?$/.exec(text) ?? [];
  if (from !== undefined) return { from: Number(from), to: Number(to) };
  throw new RangeError(`it should be pages such as 1-10, not ${JSON.stringify(text)}`);
}

export const land = options({
  name: "land",
  description:
    "Put pages on disk as they come, without secrets, one person a line: for dbt or Spark, or for one extract of pages that many machines fetch.",
  operands: FILES,
  args: {
    ...REQUEST,
    pages: custom(
      { "A-B": pageRange },
      "Only these pages of the request, from 1; what other machines land into the same folder makes it whole (default: all)",
    ),
    out: custom(
      { DIR: typedFolder },
      "Folder to write the files to, below data; one for each request",
      { default: "data/raw" },
    ),
    workers: custom(
      { N: wholeNumber(1) },
      "Files of about 50,000 people written side by side (default: one a core)",
    ),
    log: LOG,
    json: JSON_OUTPUT,
  },
  examples: [
    "# a million made-up people, for dbt",
    "deno task land --source synthetic --results 1000000 --out data/raw/million",
    "# the second of many machines, ten pages each; all use the same options but --pages",
    "deno task land --results 1000000 --seed nightly --pages 11-20 --out data/raw/nightly",
    "# when all have landed: are they good, and the tables",
    "deno task check --stage pages --source data/raw/nightly",
    "deno task extract --source data/raw/nightly",
    "# landed by an older debr: validated again, for the dbt models of this one",
    "deno task land --source data/raw/nightly --out data/raw/nightly",
  ].join("\n"),
});
