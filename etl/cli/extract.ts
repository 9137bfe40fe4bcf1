import { options } from "./command.ts";
import { custom, FILES, flag, JSON_OUTPUT, LOG, OUT, REQUEST, wholeNumber } from "./options.ts";

/** Parses a number of people or a share such as `1%`. */
function maxRejects(text: string): { readonly people: number } | { readonly share: number } {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { share: Number(percent) / 100 };
  if (/^\d+$/.test(text)) return { people: Number(text) };
  throw new RangeError(`it should be a number or a percentage, not ${JSON.stringify(text)}`);
}

export const extract = options({
  name: "extract",
  description: "Fetch people, check every one, and keep them as six Parquet tables.",
  operands: FILES,
  args: {
    ...REQUEST,
    out: OUT,
    mode: {
      type: "enum",
      choices: ["replace", "append"],
      default: "replace",
      description: "append adds only people who are not yet in the tables",
    },
    replaceOther: flag(
      "Let people of sample or synthetic replace those of the API or of saved pages",
    ),
    maxRejects: custom(
      { "N|N%": maxRejects },
      "Commit nothing when more people than this fail a rule (default: 1%)",
    ),
    workers: custom(
      { N: wholeNumber(1) },
      "Batches of about 50,000 people built side by side (default: one a core)",
    ),
    restart: flag("Drop first what unfinished runs have left, and start over"),
    dryRun: flag("Print what would be fetched and replaced, and stop"),
    log: LOG,
    json: JSON_OUTPUT,
  },
  examples: [
    "# 1,000 people from the API",
    "deno task extract",
    "# the committed sample, offline",
    "deno task extract --source sample",
    "# the same 20,000 British and American people every time",
    'deno task extract --results 20000 --seed london --nat "gb,us"',
    "# how long a million take and what they replace",
    "deno task extract --results 1000000 --dry-run",
    "# 1,000 more people than there are",
    "deno task extract --mode append",
    "# saved answers in any shape, beside the other dataset",
    "deno task extract --source 'pages/*.json.gz' --out data/saved",
    "deno task extract people.ndjson more/ --out data/saved",
    "# what another program writes",
    "curl 'https://randomuser.me/api/?results=50' | deno task extract --source -",
  ].join("\n"),
});
