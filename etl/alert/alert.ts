/** Whether something is broken, or bad data was stopped. */
type AlertKind = "failure" | "gate";

export interface Alert {
  /** Stable: the heading of its section in the runbook. */
  readonly id: string;
  readonly kind: AlertKind;
  /** Of the failed command. */
  readonly statuses: readonly number[];
  /** All commands where missing. */
  readonly steps?: readonly string[];
  /** In a few words. */
  readonly title: string;
  /** The meaning for the data, in a sentence. */
  readonly meaning: string;
  /** The command to run next. */
  readonly next: string;
  /** Whether that command calls the API. */
  readonly asksApi?: boolean;
  /** Whether a retry may work: the scheduler retries it. */
  readonly retried: boolean;
}
