import type { ArgValues } from "gunshi";
import { number, peopleCount } from "../common/counts.ts";
import { TABLE_NAMES } from "../../schema/mod.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import {
  connect,
  load,
  type LoadResult,
  makeRoles,
  openDataset,
  planText,
  type RoleRefused,
  script,
} from "../load/database/mod.ts";
import type { Context } from "./command.ts";
import { findTarget } from "./database_url.ts";
import type { load as command } from "./load.ts";
import { startProgress } from "./progress.ts";

type Values = ArgValues<typeof command["args"]>;

/** Seconds to wait for a lock. */
const LOCK_TIMEOUT = 60;

function resultText(result: LoadResult, { label, seconds }: { label: string; seconds: number }) {
  const heads = ["inserted", "updated", "unchanged", "deleted", "others"] as const;
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => at === 0 ? `  ${cell.padEnd(10)}` : cell.padStart(12)).join("");
  const rows = TABLE_NAMES.map((name) =>
    line([name, ...heads.map((head) => number(result[name][head]))])
  );
  const others = result.users.others;
  return [
    `Loaded into ${label} in ${seconds.toFixed(1)} s`,
    "",
    line(["", ...heads]),
    ...rows,
    ...(others === 0
      ? []
      : ["", `${peopleCount(others)} of the database not in the dataset: kept`]),
  ].join("\n") + "\n";
}

function refusedText(refused: readonly RoleRefused[]): string {
  if (refused.length === 0) return "";
  const roles = refused.map(({ role }) => role).join(" and ");
  const [{ reason = "", known = true } = {}] = refused;
  const lead = known
    ? `Roles ${roles} lack rights (${reason}). Somebody who may should run:`
    : `Roles ${roles} are not shown to this user (${reason}). Unless it was done, somebody who may should run:`;
  return `${lead}\n` +
    script(refused.flatMap(({ statements }) => statements));
}

export async function runLoad(values: Values, { terminal, signal }: Context): Promise<ExitStatus> {
  const target = await findTarget(values.to, values.dryRun ? undefined : terminal);
  if (values.dryRun) {
    terminal.out(planText(target.kind, target.database));
    return EXIT.done;
  }
  const started = REAL.now();
  const root = values.data;
  const { rows } = await openDataset(root);
  await using database = await connect(target);
  const progress = startProgress(terminal, rows.users);
  let result: LoadResult;
  try {
    result = await load(database, {
      root,
      signal,
      lockTimeout: values.lockTimeout ?? LOCK_TIMEOUT,
      onPeople: progress.add,
    });
  } finally {
    progress.stop();
  }
  const refused = await makeRoles(database);
  const seconds = (REAL.now() - started) / 1000;
  if (values.json) {
    const roles = refused.map(({ role, reason }) => ({ role, reason }));
    terminal.out(
      JSON.stringify({ database: target.label, seconds, tables: result, refused: roles }) + "\n",
    );
  } else {
    terminal.err(resultText(result, { label: target.label, seconds }));
  }
  terminal.err(refusedText(refused));
  return EXIT.done;
}
