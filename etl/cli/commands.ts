// The commands by name, for `main.ts` and the CLI reference.
import { type Command, joined } from "./command.ts";

/** Imports a command when it is named, and its work when it runs. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  extract: async () =>
    joined(
      (await import("./extract.ts")).extract,
      async () => (await import("./extract_run.ts")).runExtract,
    ),
  query: async () =>
    joined(
      (await import("./query.ts")).query,
      async () => (await import("./query_run.ts")).runQuery,
    ),
  check: async () =>
    joined(
      (await import("./check.ts")).check,
      async () => (await import("./check_run.ts")).runCheck,
    ),
  report: async () => (await import("./report.ts")).report,
  lineage: async () => (await import("./lineage.ts")).lineage,
  verify: async () => (await import("./verify.ts")).verify,
  rejects: async () =>
    joined(
      (await import("./rejects.ts")).rejects,
      async () => (await import("./rejects_run.ts")).runRejects,
    ),
  forget: async () => (await import("./forget.ts")).forget,
  load: async () =>
    joined(
      (await import("./load.ts")).load,
      async () => (await import("./load_run.ts")).runLoad,
    ),
  drift: async () =>
    joined(
      (await import("./drift.ts")).drift,
      async () => (await import("./drift_run.ts")).runDrift,
    ),
  backup: async () =>
    joined(
      (await import("./backup.ts")).backup,
      async () => (await import("./backup_run.ts")).runBackup,
    ),
  restore: async () =>
    joined(
      (await import("./restore.ts")).restore,
      async () => (await import("./restore_run.ts")).runRestore,
    ),
  land: async () =>
    joined(
      (await import("./land.ts")).land,
      async () => (await import("./land_run.ts")).runLand,
    ),
  notify: async () =>
    joined(
      (await import("./notify.ts")).notify,
      async () => (await import("./notify_run.ts")).runNotify,
    ),
  docs: async () => (await import("./docs.ts")).docs(COMMANDS),
  sample: async () => (await import("./sample.ts")).sample,
  "mock-api": async () =>
    joined(
      (await import("./mock_api.ts")).mockApi,
      async () => (await import("./mock_api_run.ts")).runMockApi,
    ),
};

/** Command names before version 0.2.0. */
export const RENAMED: Readonly<Record<string, string>> = { why: "lineage", fixture: "mock-api" };
