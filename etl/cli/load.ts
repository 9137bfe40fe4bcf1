import { number, peopleCount } from "../common/counts.ts";
import { REAL } from "../common/effects.ts";
import { EXIT } from "../common/errors.ts";
import type { LoadResult, RoleRefused } from "../load/database/mod.ts";
import { command, jsonLine } from "./command.ts";
import { findTarget } from "./database_url.ts";
import { custom, DATA, DATABASE, flag, JSON_OUTPUT, wholeNumber } from "./options.ts";

function resultText(result: LoadResult, { label, seconds }: { label: string; seconds: number }) {
  const heads = ["inserted", "updated", "unchanged", "deleted", "others"] as const;
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => at === 0 ? `  ${cell.padEnd(10)}` : cell.padStart(12)).join("");
  const rows = Object.entries(result).map(([name, counts]) =>
    line([name, ...heads.map((head) => number(counts[head]))])
  );
  const others = result.users.others;
  return [
    `Loaded into ${label} in ${seconds.toFixed(1)} s`,
    "",
    line(["", ...heads]),
    ...rows,
    ...(others === 0 ? [] : ["", `${peopleCount(others)} only in the database: kept`]),
  ].join("\n") + "\n";
}

async function refusedText(refused: readonly RoleRefused[]): Promise<string> {
  if (refused.length === 0) return "";
  const { script } = await import("../load/database/mod.ts");
  const roles = refused.map(({ role }) => role).join(" and ");
  const [{ reason = "", known = true } = {}] = refused;
  const lead = known
    ? `Roles ${roles} lack rights (${reason}). Ask an administrator to run:`
    : `Roles ${roles} are not shown to this user (${reason}). If they have no grants yet, ask an administrator to run:`;
  return `${lead}\n${script(refused.flatMap(({ statements }) => statements))}`;
}

export const load = command({
  name: "load",
  description: "Load the tables into PostgreSQL or MySQL: add new rows, update changed ones.",
  args: {
    to: DATABASE,
    data: DATA,
    lockTimeout: custom(
      { SECONDS: wholeNumber(1) },
      "Maximum wait for locks of other sessions",
      { default: 60 },
    ),
    dryRun: flag("Print the SQL without connecting"),
    json: JSON_OUTPUT,
  },
  examples: {
    "the URL from the environment; a password on the command line is refused": [
      "export DEBR_DATABASE_URL=postgres://debr:secret@localhost:5432/people",
      "deno task load",
    ],
    "the URL from a file; …?sslmode=verify-full verifies the server's certificate":
      "deno task load --to @/run/secrets/database-url",
    "print the SQL": "deno task load --to mysql://debr@localhost/people --dry-run",
  },
  run: async (values, { terminal, signal }) => {
    const database = await import("../load/database/mod.ts");
    const target = await findTarget(values.to, values.dryRun ? undefined : terminal);
    if (values.dryRun) {
      terminal.out(database.planText(target.kind, target.database));
      return EXIT.done;
    }
    const started = REAL.now();
    const root = values.data;
    const { rows } = await database.openDataset(root);
    await using connected = await database.connect(target);
    const { startProgress } = await import("./progress.ts");
    const progress = startProgress(terminal, rows.users);
    const result = await database.load(connected, {
      root,
      signal,
      lockTimeout: values.lockTimeout,
      onPeople: progress.add,
    }).finally(progress.stop);
    const refused = await database.makeRoles(connected);
    const seconds = (REAL.now() - started) / 1000;
    if (values.json) {
      const roles = refused.map(({ role, reason }) => ({ role, reason }));
      terminal.out(
        jsonLine({ database: target.label, seconds, tables: result, refused: roles }),
      );
    } else {
      terminal.err(resultText(result, { label: target.label, seconds }));
    }
    terminal.err(await refusedText(refused));
    return EXIT.done;
  },
});
