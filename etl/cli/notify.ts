import { options } from "./command.ts";
import { custom, DATA, JSON_OUTPUT, pathOr, text, wholeNumber } from "./options.ts";

export const notify = options({
  name: "notify",
  description:
    "Tell Slack once when a run fails or data is stopped at a gate, and once when it works again.",
  args: {
    status: custom(
      { N: wholeNumber(0, 255) },
      "Exit code of the command it is about (default: what the summary says)",
    ),
    step: text("COMMAND", "The command it is about: extract, load, 'check tables'"),
    summary: custom(
      { "FILE|-|JSON": pathOr() },
      "What the command printed with --json: a file, stdin, or as it is",
    ),
    pipeline: {
      ...text("NAME", "What the step belongs to: an incident is one of a pipeline"),
      default: "debr",
    },
    run: text("ID", "Id of the run, to find it again"),
    link: text("URL", "Address of the run's page or log"),
    api: text("URL", "Address of the API that the run asks: the next command asks the same"),
    to: custom(
      { "@FILE": pathOr() },
      "File that holds the webhook (default: DEBR_SLACK_WEBHOOK_URL)",
    ),
    data: { ...DATA, description: "Folder to note open incidents in, under alerts" },
    json: JSON_OUTPUT,
  },
  examples: [
    "# after a command, whatever became of it",
    "deno task -q load --json > data/load.json",
    "deno task notify --step load --status $? --summary data/load.json",
    "# the webhook from a file, a link to the log",
    "deno task notify --status 3 --step extract --to @/run/secrets/slack --link https://ci.example/7",
  ].join("\n"),
});
