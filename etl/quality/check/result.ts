import type { EngineName } from "../../query/mod.ts";
import { EXIT, type ExitStatus } from "../../common/errors.ts";
import type { Stage } from "./expectation.ts";
import type { PastCheck } from "../../load/dataset/mod.ts";
import type { Evaluated, Outcome } from "./outcome.ts";

export interface CheckResult extends Evaluated {
  readonly stage: Stage;
  readonly at: string;
  readonly seconds: number;
  readonly engine?: EngineName;
  /** The database URL without its password. */
  readonly database?: string;
  readonly data: string;
}

export function isFailure({ verdict, expectation }: Outcome): boolean {
  return verdict === "failed" && expectation.severity === "error";
}

/** Counts verdicts. Failures of severity `warn` count as warnings. */
export function tally({ outcomes }: Pick<CheckResult, "outcomes">) {
  const counts = { passed: 0, warned: 0, failed: 0, skipped: 0, broken: 0 };
  for (const outcome of outcomes) {
    const { verdict } = outcome;
    counts[verdict === "failed" && !isFailure(outcome) ? "warned" : verdict]++;
  }
  return counts;
}

/** Returns the exit code. Bad data takes precedence over an expectation that could not run. */
export function statusOf(result: Pick<CheckResult, "outcomes">): ExitStatus {
  const { failed, broken } = tally(result);
  return failed > 0 ? EXIT.data : broken > 0 ? EXIT.usage : EXIT.done;
}

export function pastRun(result: CheckResult): PastCheck {
  const { at, stage, database, rows, profile, outcomes } = result;
  const expectations = Object.fromEntries(
    outcomes.map(({ expectation, verdict, total, failed, observed }) => {
      const { name, severity } = expectation;
      return [name, { verdict, severity, total, failed, observed }] as const;
    }),
  );
  const passed = statusOf(result) === EXIT.done;
  return { at, stage, database, passed, rows, expectations, profile };
}
