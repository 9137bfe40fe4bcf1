// One way to fail: what it means, and what to run then.

/** Whether something is broken, or the data was stopped at a gate. */
type AlertKind = "failure" | "gate";

/** One way to fail. */
export interface Alert {
  /** Stable name: the heading of its section in the runbook. */
  readonly id: string;
  readonly kind: AlertKind;
  /** Exit statuses of the command that failed. */
  readonly statuses: readonly number[];
  /** The commands it is about; all where missing. */
  readonly steps?: readonly string[];
  /** What happened, in a few words. */
  readonly title: string;
  /** What it means for the data, in a sentence. */
  readonly meaning: string;
  /** What to run next. */
  readonly next: string;
  /** Whether that command asks the API. */
  readonly asksApi?: boolean;
  /** Whether the same command may work later: the scheduler tries it again. */
  readonly retried: boolean;
}
