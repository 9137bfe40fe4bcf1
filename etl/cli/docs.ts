/**
 * `deno task docs`: everything generated from the schema and the commands.
 *
 * @module
 */
import { EXIT } from "../common/errors.ts";
import { command } from "./command.ts";

/** Where the work is done. Not written into `import()`, or `--help` would load it all. */
const WORK: string = "./docs_run.ts";

/** The command `docs`. */
export const docs = command({
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
  run: async (values, { terminal }) => {
    const { checkDocs, writeDocs } = await import(WORK) as typeof import("./docs_run.ts");
    terminal.err(await (values.check ? checkDocs(".") : writeDocs(".")));
    return EXIT.done;
  },
});
