import { options } from "./command.ts";
import { custom, DATA, JSON_OUTPUT, pathOr, text, wholeNumber } from "./options.ts";

export const notify = options({
  name: "notify",
  description:
    "Post to Slack once when a run fails or a check stops it, and once when it works again.",
  args: {
    status: custom(
      { N: wholeNumber(0, 255) },
      "Exit code of the command (default: from the summary)",
    ),
    step: text("COMMAND", "The command: extract, load, 'check tables'"),
    summary: custom(
      { "FILE|-|JSON": pathOr() },
      "The command's --json output: a file, stdin, or the JSON itself",
    ),
    pipeline: {
      ...text("NAME", "Name of the pipeline; each has its own incidents"),
      default: "debr",
    },
    run: text("ID", "Id of the run, for the alert"),
    link: text("URL", "Address of the run's page or log"),
    api: text("URL", "Address of the API, for the suggested command"),
    to: custom(
      { "@FILE": pathOr() },
      "File that holds the webhook (default: DEBR_SLACK_WEBHOOK_URL)",
    ),
    data: {
      ...DATA,
      description: "Folder of the dataset; open incidents are saved in alerts below it",
    },
    json: JSON_OUTPUT,
  },
  examples: {
    "after a command that succeeded or failed": [
      "deno task -q load --json > data/load.json",
      "deno task notify --step load --status $? --summary data/load.json",
    ],
    "with the webhook in a file and a link to the log":
      "deno task notify --status 3 --step extract --to @/run/secrets/slack --link https://ci.example/7",
  },
});
