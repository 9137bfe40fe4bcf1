import { options } from "./command.ts";
import { custom, DATA, DATABASE, JSON_OUTPUT, wholeNumber } from "./options.ts";

export const load = options({
  name: "load",
  description: "Load the tables into PostgreSQL or MySQL: add new rows, update changed ones.",
  args: {
    to: DATABASE,
    data: DATA,
    lockTimeout: custom(
      { SECONDS: wholeNumber(1) },
      "How long to wait for other sessions (default: 60)",
    ),
    dryRun: { type: "boolean", description: "Print the SQL and connect to nothing" },
    json: JSON_OUTPUT,
  },
  examples: [
    "# the URL from the environment: with a password it is refused on the command line",
    "export DEBR_DATABASE_URL=postgres://debr:secret@localhost:5432/people",
    "deno task load",
    "# the URL from a file, the server's certificate checked: …?sslmode=verify-full",
    "deno task load --to @/run/secrets/database-url",
    "# what would be run",
    "deno task load --to mysql://debr@localhost/people --dry-run",
  ].join("\n"),
});
