import { options } from "./command.ts";
import { custom, FILES, flag, JSON_OUTPUT, LOG, OUT, REQUEST, wholeNumber } from "./options.ts";

function maxRejects(text: string): { readonly people: number } | { readonly share: number } {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { share: Number(percent) / 100 };
  if (/^\d+$/.test(text)) return { people: Number(text) };
  throw new RangeError(`it should be a number or a percentage, not ${JSON.stringify(text)}`);
}

export const extract = options({
  name: "extract",
  description: "Fetch people, validate each one, and write six Parquet tables.",
  operands: FILES,
  args: {
    ...REQUEST,
    out: OUT,
    mode: {
      type: "enum",
      choices: ["replace", "append"],
      default: "replace",
      description: "append adds only people who are not in the tables yet",
    },
    replaceOther: flag(
      "Allow sample or synthetic people to replace people of the API or of saved pages",
    ),
    maxRejects: custom(
      { "N|N%": maxRejects },
      "Commit nothing if more people than this are invalid (default: 1%)",
    ),
    workers: custom(
      { N: wholeNumber(1) },
      "Number of worker threads; each builds batches of about 50,000 people (default: one per core)",
    ),
    restart: flag("Delete the staged pages of unfinished runs and start again"),
    dryRun: flag("Print what would be fetched and replaced, and change nothing"),
    log: LOG,
    json: JSON_OUTPUT,
  },
  examples: {
    "1,000 people from the API": "deno task extract",
    "the committed sample, offline": "deno task extract --source sample",
    "the same 20,000 British and American people every time":
      'deno task extract --results 20000 --seed london --nat "gb,us"',
    "how long a million people take, and what they would replace":
      "deno task extract --results 1000000 --dry-run",
    "add 1,000 people": "deno task extract --mode append",
    "saved responses, into another dataset": [
      "deno task extract --source 'pages/*.json.gz' --out data/saved",
      "deno task extract people.ndjson more/ --out data/saved",
    ],
    "the output of another program":
      "curl 'https://randomuser.me/api/?results=50' | deno task extract --source -",
  },
});
