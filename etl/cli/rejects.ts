import { options } from "./command.ts";
import { custom, DATA, flag, JSON_OUTPUT, text, wholeNumber } from "./options.ts";

export const rejects = options({
  name: "rejects",
  description: "List invalid people by cause, show them, or validate them again.",
  operands: "[show|replay]",
  args: {
    cause: custom(
      { N: wholeNumber(1) },
      "Show only people with this cause, by its number in the list",
    ),
    path: text("PATH", "Show only people who failed at this path, such as location.postcode"),
    failed: flag("Show the rejects of runs that were not committed"),
    data: DATA,
    json: JSON_OUTPUT,
  },
  examples: {
    "the number of rejects per rule and path": "deno task rejects",
    "each person with the first cause": "deno task rejects show --cause 1",
    "why the last run was not committed": "deno task rejects --failed",
    "after a change of rules or pages: add the people who are valid now":
      "deno task rejects replay",
  },
});
