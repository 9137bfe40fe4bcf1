import { peopleCount } from "../common/counts.ts";
import { EXIT } from "../common/errors.ts";
import { command, jsonLine, refuse } from "./command.ts";
import { DATA, JSON_OUTPUT } from "./options.ts";
import { below } from "./next_steps.ts";
import { extractCommand } from "./shell.ts";

/** The number of pages to name; the others are only counted. */
const SHOWN = 20;

export const lineage = command({
  name: "lineage",
  description:
    "Print the part, request and pages of a person, and the command to fetch them again.",
  operands: "USER_ID",
  args: { data: DATA, json: JSON_OUTPUT },
  examples: {
    "the origin of a person": "deno task lineage 1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed",
    "only the command that fetches the same people again":
      "deno task -q lineage 1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed --json | jq -r .command",
  },
  run: async ({ data, json }, { terminal, positionals }) => {
    const [id, ...others] = positionals;
    if (id === undefined || others.length > 0) {
      throw refuse(
        `Cannot trace ${positionals.length} ids: give one`,
        "deno task lineage USER_ID",
      );
    }
    const dataset = await import("../load/dataset/lineage.ts");
    const origin = await dataset.lineageOf(data, id);
    const { parts, request, pages } = origin;
    const again = extractCommand(request, { out: below({ data }, "again") });
    const more = pages.length - SHOWN;
    const text = [
      "Parts:",
      ...parts.map((part) => `  ${part}`),
      "Request:",
      ...Object.entries(request).map(([name, value]) => `  ${name}: ${value}`),
      "Pages, one of which held the person:",
      ...pages.slice(0, SHOWN).map(({ page, people }) => `  ${page} (${peopleCount(people)})`),
      ...(more > 0 ? [`  and ${more} more, see --json`] : []),
      "Get them again:",
      `  ${again}`,
    ].join("\n");
    terminal.out(json ? jsonLine({ ...origin, command: again }) : `${text}\n`);
    return EXIT.done;
  },
});
