import { options } from "./command.ts";
import { custom, DATA, flag, JSON_OUTPUT, text, wholeNumber } from "./options.ts";

export const rejects = options({
  name: "rejects",
  description: "List the people who failed a rule by cause, show them, or try them again.",
  operands: "[show|replay]",
  args: {
    cause: custom(
      { N: wholeNumber(1) },
      "Show only those of this cause, by its number in the list",
    ),
    path: text("PATH", "Show only those that failed at this path, as in location.postcode"),
    failed: flag("Those of runs that were not committed because of them"),
    data: DATA,
    json: JSON_OUTPUT,
  },
  examples: [
    "# how many failed which rule, and where",
    "deno task rejects",
    "# each that failed the first of them",
    "deno task rejects show --cause 1",
    "# why the last run was not committed",
    "deno task rejects --failed",
    "# after a rule was changed or a page fixed: add who passes now",
    "deno task rejects replay",
  ].join("\n"),
});
