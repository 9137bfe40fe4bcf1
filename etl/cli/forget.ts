import { number, peopleCount, plural } from "../common/counts.ts";
import { EXIT } from "../common/errors.ts";
import { command, jsonLine, refuse } from "./command.ts";
import { DATA, flag, JSON_OUTPUT } from "./options.ts";
import { commandLine } from "./shell.ts";
import type { Receipt } from "../load/dataset/mod.ts";

const OUT_OF_SCOPE =
  "Not touched: databases until the next load, backups (restore leaves them out), landed pages, copies, and the source itself";

function receiptText(
  { removed, already, rows, parts, staging, manifest }: Receipt,
  data: string,
): string {
  return [
    `${peopleCount(removed)} removed, ${number(already)} forgotten before`,
    ...Object.entries(rows).map(([table, count]) => `  ${plural(count, "row")} of ${table}`),
    ...parts.map((part) =>
      `  ${peopleCount(part.people)} from ${part.file} and the parts that belong to it`
    ),
    ...staging.map((path) => `  ${path}`),
    `Manifest before: ${manifest.before}`,
    `Manifest after:  ${manifest.after}`,
    `Later runs leave them out. The next load erases them in the database: ${
      commandLine("load", { data })
    }`,
    OUT_OF_SCOPE,
  ].join("\n") + "\n";
}

export const forget = command({
  name: "forget",
  description:
    "Erase people from all tables and unfinished runs, and leave them out of later ones.",
  operands: "USER_ID...",
  args: {
    again: flag("Erase all people who were forgotten before, if the tables contain them again"),
    data: DATA,
    json: JSON_OUTPUT,
  },
  examples: {
    "forget one person": "deno task forget 1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed",
    "after tables were restored by hand: erase forgotten people again": "deno task forget --again",
    "save the receipt":
      "deno task -q forget 1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed --json > receipt.json",
  },
  run: async ({ again, data, json }, { terminal, positionals }) => {
    if (positionals.length === 0 && !again) {
      throw refuse(
        "Cannot forget without a user_id: none given",
        "deno task forget USER_ID, or deno task forget --again",
      );
    }
    const [dataset, { forgetStaged }] = await Promise.all([
      import("../load/dataset/forget.ts"),
      import("../run/forget_staged.ts"),
    ]);
    const receipt = await dataset.forget(data, { userIds: positionals, forgetStaged });
    const result = { ...receipt, outOfScope: OUT_OF_SCOPE };
    terminal.out(json ? jsonLine(result) : receiptText(receipt, data));
    return EXIT.done;
  },
});
