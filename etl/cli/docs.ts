import { options } from "./command.ts";

export const docs = options({
  name: "docs",
  description:
    "Write everything generated from the schema and the commands: docs/ and the diagram in README.md.",
  args: {
    check: {
      type: "boolean",
      description: "Write nothing; fail where a file is stale, and name it",
    },
  },
  examples: [
    "# after a change of the schema or of a command",
    "deno task docs",
    "# before a commit: status 6 where something is stale",
    "deno task docs --check",
  ].join("\n"),
});
