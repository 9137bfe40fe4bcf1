/**
 * `deno task rejects`: people who failed a rule, by cause, one by one, or tried again.
 *
 * @module
 */
import { EXIT, UsageError } from "../common/errors.ts";
import { command } from "./command.ts";
import { DATA, JSON_OUTPUT, wholeNumber } from "./options.ts";

/** Where the work is done. Not written into `import()`, or `--help` would load it all. */
const WORK: string = "./rejects_run.ts";

/** The command `rejects`. */
export const rejects = command({
  name: "rejects",
  description: "List the people who failed a rule by cause, show them, or try them again.",
  operands: "[show|replay]",
  args: {
    cause: {
      type: "custom",
      parse: wholeNumber(1),
      metavar: "N",
      description: "Show only those of this cause, by its number in the list",
    },
    path: {
      type: "string",
      metavar: "PATH",
      description: "Show only those that failed at this path, as in location.postcode",
    },
    failed: {
      type: "boolean",
      description: "Those of runs that were not committed because of them",
    },
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
    "# after a rule was changed or a page mended: add who passes now",
    "deno task rejects replay",
  ].join("\n"),
  run: async (values, context) => {
    const [action = "list", ...others] = context.positionals;
    const { listCauses, replayAll, showRejects } = await import(
      WORK
    ) as typeof import("./rejects_run.ts");
    const actions = { list: listCauses, show: showRejects, replay: replayAll };
    if (!Object.hasOwn(actions, action) || others.length > 0) {
      throw new UsageError(`Cannot do ${JSON.stringify(context.positionals.join(" "))}`, {
        step: "arguments",
        next: "Use deno task rejects, rejects show or rejects replay",
      });
    }
    await actions[action as keyof typeof actions](values, context);
    return EXIT.done;
  },
});
