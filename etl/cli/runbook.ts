// The meaning of each failure and how to fix it: the only source of alerts and the runbook.
import type { Alert } from "../alert/incident.ts";
import { EXIT } from "../common/errors.ts";

type Described = Omit<Alert, "kind" | "retried">;

/** Failed data and drift are gates. A retry helps with neither, nor with a wrong command. */
function alert(described: Described): Alert {
  const gates: readonly number[] = [EXIT.data, EXIT.drift];
  const isGate = described.statuses.some((status) => gates.includes(status));
  return {
    ...described,
    kind: isGate ? "gate" : "failure",
    retried: !isGate && !described.statuses.includes(EXIT.usage),
  };
}

/** Alerts in order; the first match applies. */
export const ALERTS: readonly Alert[] = ([
  {
    id: "source",
    statuses: [EXIT.source],
    title: "the source is broken",
    meaning:
      "The source is unreachable, or its response does not match the request; no table changed.",
    next: "deno task extract --results 10 --dry-run",
    asksApi: true,
  },
  {
    id: "rate-limit",
    statuses: [EXIT.rateLimit],
    title: "the source limits the rate",
    meaning: "The source refused more people for now; what was fetched is kept, no table changed.",
    next: "deno task extract --dry-run --rate 10000",
    asksApi: true,
  },
  {
    id: "gate-rejects",
    statuses: [EXIT.data],
    steps: ["extract"],
    title: "too many people failed a rule",
    meaning: "More people failed a rule than --max-rejects allows; nothing was committed.",
    next: "deno task rejects --failed",
  },
  {
    id: "gate-pages",
    statuses: [EXIT.data],
    steps: ["land", "check pages"],
    title: "the landed pages failed a check",
    meaning: "The pages break a rule; no table and no database changed.",
    next: "deno task check --stage pages --source data/raw/RUN",
  },
  {
    id: "gate-tables",
    statuses: [EXIT.data],
    steps: ["check tables", "check"],
    title: "the tables failed a check",
    meaning: "An expectation failed on the committed tables; nothing was loaded from them.",
    next: "deno task check",
  },
  {
    id: "gate-database",
    statuses: [EXIT.data],
    steps: ["check database"],
    title: "the database failed a check",
    meaning: "The rows in the database differ from those of the tables, or break a rule.",
    next: "deno task check --stage database",
  },
  {
    id: "gate-data",
    statuses: [EXIT.data],
    title: "the data failed a rule",
    meaning: "Data differs from what was committed, or breaks a rule; later steps did not run.",
    next: "deno task verify",
  },
  {
    id: "drift",
    statuses: [EXIT.drift],
    title: "something differs from the schema",
    meaning: "The source, the database or a file no longer has the shape that the schema declares.",
    next: "deno task drift",
  },
  {
    id: "load",
    statuses: [EXIT.destination],
    steps: ["load", "drift", "check database"],
    title: "the database cannot be written or read",
    meaning: "The database refused or cannot be reached; its rows are as they were.",
    next: "deno task drift",
  },
  {
    id: "backup",
    statuses: [EXIT.destination],
    steps: ["backup", "restore", "verify backup", "backup database", "verify database backup"],
    title: "the backup cannot be written or read",
    meaning:
      "The newest backup is missing, or its restored copy differs; the data itself is unchanged.",
    next: "deno task backup --list",
  },
  {
    id: "destination",
    statuses: [EXIT.destination],
    title: "the dataset cannot be written or read",
    meaning:
      "A disk or folder refused, or another run holds the dataset; the tables are as before.",
    next: "deno task verify",
  },
  {
    id: "usage",
    statuses: [EXIT.usage],
    title: "the command cannot be run as it is written",
    meaning:
      "An option, a setting, a file, an expectation or a permission does not allow what was requested.",
    next: "deno task",
  },
  {
    id: "stopped",
    // 128 plus the signal: interrupted, killed, terminated.
    statuses: [EXIT.interrupted, 137, 143],
    title: "the command was stopped from outside",
    meaning: "Somebody, the scheduler or a lack of memory ended it; the same command continues.",
    next: "deno task verify",
  },
] satisfies Described[]).map(alert);

/** The alert for all other failures, which are defects of debr. */
export const FAULT = alert({
  id: "fault",
  statuses: [EXIT.fault],
  title: "an unexpected fault",
  meaning: "A defect of debr; the log of the run says more.",
  next: "deno task verify",
});

export function alertFor(status: number, step = ""): Alert {
  const fits = ({ statuses, steps }: Alert) =>
    statuses.includes(status) && (steps?.includes(step) ?? true);
  return ALERTS.find(fits) ?? FAULT;
}
