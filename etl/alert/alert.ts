/** `failure`: something is broken. `gate`: a check stopped bad data. */
type AlertKind = "failure" | "gate";

export interface Alert {
  /** A stable id, which is also the heading of its section in the runbook. */
  readonly id: string;
  readonly kind: AlertKind;
  /** Exit codes of the failed command. */
  readonly statuses: readonly number[];
  /** The commands that it covers; all of them if missing. */
  readonly steps?: readonly string[];
  /** A summary of a few words. */
  readonly title: string;
  /** The meaning for the data, in a sentence. */
  readonly meaning: string;
  /** The command to run next. */
  readonly next: string;
  /** Whether the next command calls the API. */
  readonly asksApi?: boolean;
  /** Whether a retry may work, so that the scheduler retries the command. */
  readonly retried: boolean;
}
