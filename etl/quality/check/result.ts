// What came of a run of `check` as a whole.
import type { EngineName } from "../../query/mod.ts";
import { EXIT, type ExitStatus } from "../../common/errors.ts";
import type { Stage } from "./expectation.ts";
import type { PastCheck } from "../../load/dataset/mod.ts";
import type { Outcome } from "./outcome.ts";
import type { Judged } from "./surroundings.ts";

/** A run of `check`. */
export interface CheckResult extends Judged<Outcome> {
  readonly stage: Stage;
  /** When it started, as ISO text. */
  readonly at: string;
  readonly seconds: number;
  /** The engine that judged; none for pages and databases. */
  readonly engine?: EngineName;
  /** The database that judged its own tables, without its password. */
  readonly database?: string;
  /** Folder of the dataset. */
  readonly data: string;
}

/** How many came out how. Failures of severity `warn` are warnings. */
interface Tally {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly skipped: number;
  readonly broken: number;
}

/** Whether an outcome is one that status 5 is for. */
export function isFailure({ verdict, expectation }: Outcome): boolean {
  return verdict === "failed" && expectation.severity === "error";
}

/** Counts the outcomes. */
export function tally({ outcomes }: Pick<CheckResult, "outcomes">): Tally {
  const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;
  return {
    passed: count(({ verdict }) => verdict === "passed"),
    warned: count((outcome) => outcome.verdict === "failed" && !isFailure(outcome)),
    failed: count(isFailure),
    skipped: count(({ verdict }) => verdict === "skipped"),
    broken: count(({ verdict }) => verdict === "broken"),
  };
}

/**
 * The exit status. Data that is known to be bad counts more than an expectation that could not run.
 */
export function statusOf(result: Pick<CheckResult, "outcomes">): ExitStatus {
  const { failed, broken } = tally(result);
  return failed > 0 ? EXIT.data : broken > 0 ? EXIT.usage : EXIT.done;
}

/** The run as the history keeps it. */
export function pastRun(result: CheckResult): PastCheck {
  const { at, stage, database, rows, profile, outcomes } = result;
  const expectations = outcomes.map(({ expectation, verdict, total, failed, observed }) =>
    [
      expectation.name,
      {
        verdict,
        severity: expectation.severity,
        ...(total !== undefined && { total }),
        ...(failed !== undefined && { failed }),
        ...(observed !== undefined && { observed }),
      },
    ] as const
  );
  return {
    at,
    stage,
    ...(database !== undefined && { database }),
    passed: statusOf(result) === EXIT.done,
    rows,
    expectations: Object.fromEntries(expectations),
    profile: profile as PastCheck["profile"],
  };
}
