import config from "../../deno.json" with { type: "json" };
import { type Command, joined } from "./command.ts";
import { TASKS } from "./tasks.ts";

/** Imports a command when it is named, and the code that does its work when it runs. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  extract: async () =>
    joined((await import("./extract.ts")).extract, () => import("./extract_run.ts")),
  query: async () => (await import("./query.ts")).query,
  check: async () => joined((await import("./check.ts")).check, () => import("./check_run.ts")),
  report: async () => (await import("./report.ts")).report,
  lineage: async () => (await import("./lineage.ts")).lineage,
  verify: async () => (await import("./verify.ts")).verify,
  rejects: async () =>
    joined((await import("./rejects.ts")).rejects, () => import("./rejects_run.ts")),
  forget: async () => (await import("./forget.ts")).forget,
  load: async () => (await import("./load.ts")).load,
  drift: async () => joined((await import("./drift.ts")).drift, () => import("./drift_run.ts")),
  backup: async () => joined((await import("./backup.ts")).backup, () => import("./backup_run.ts")),
  restore: async () =>
    joined((await import("./restore.ts")).restore, () => import("./restore_run.ts")),
  land: async () => joined((await import("./land.ts")).land, () => import("./land_run.ts")),
  notify: async () => joined((await import("./notify.ts")).notify, () => import("./notify_run.ts")),
  docs: async () => (await import("./docs.ts")).docs(COMMANDS),
  sample: async () => (await import("./sample.ts")).sample,
  "mock-api": async () => (await import("./mock_api.ts")).mockApi,
};

/** Command names before version 0.2.0. */
export const RENAMED: Readonly<Record<string, string>> = { why: "lineage", fixture: "mock-api" };

/** Returns the version or the list of commands; `undefined` for other arguments. */
export function aboutDebr(argument: string): string | undefined {
  if (["-V", "--version"].includes(argument)) return `debr ${config.version}\n`;
  if (!["", "-h", "--help", "help"].includes(argument)) return undefined;
  const lines = Object.keys(COMMANDS).map((name) =>
    `  ${name.padEnd(10)}${TASKS[name]?.description ?? ""}`
  );
  return `Usage: deno task <command> [options]\n\n${lines.join("\n")}\n\n` +
    "Each command has --help with examples. Try first: deno task extract --source sample\n";
}
