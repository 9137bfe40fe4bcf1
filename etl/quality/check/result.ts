import type { EngineName } from "../../query/mod.ts";
import { EXIT, type ExitStatus } from "../../common/errors.ts";
import type { Stage } from "./expectation.ts";
import type { PastCheck } from "../../load/dataset/mod.ts";
import type { Outcome } from "./outcome.ts";
import type { Evaluated } from "./surroundings.ts";

export interface CheckResult extends Evaluated<Outcome> {
  readonly stage: Stage;
  readonly at: string;
  readonly seconds: number;
  /** The engine; absent for pages and databases. */
  readonly engine?: EngineName;
  /** The database URL without its password. */
  readonly database?: string;
  readonly data: string;
}

/** Counts of verdicts. Failures of severity `warn` count as warnings. */
interface Tally {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly skipped: number;
  readonly broken: number;
}

export function isFailure({ verdict, expectation }: Outcome): boolean {
  return verdict === "failed" && expectation.severity === "error";
}

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

/** Returns the exit code. Bad data outranks an expectation that could not run. */
export function statusOf(result: Pick<CheckResult, "outcomes">): ExitStatus {
  const { failed, broken } = tally(result);
  return failed > 0 ? EXIT.data : broken > 0 ? EXIT.usage : EXIT.done;
}

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
