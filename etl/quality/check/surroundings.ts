// What an expectation compares the data with: the clock, the files, an earlier run.
import type { Distribution } from "./chi_square.ts";
import type { Subject } from "./expectation.ts";

interface Baseline {
  readonly at: string;
  /** The number of occurrences of each value of a public column, by `table.column`. */
  readonly profile: Readonly<Record<string, Distribution>>;
}

export interface Surroundings {
  readonly now: number;
  /** The last run that passed. */
  readonly baseline?: Baseline | undefined;
  /** Returns the time of a table's last write, in milliseconds since 1970. */
  readonly written: (table: Subject) => Promise<number | undefined>;
}

/** The outcomes of a stage, and the profile that the next run compares with. */
export interface Evaluated<O> {
  readonly outcomes: readonly O[];
  readonly rows: Readonly<Record<string, number>>;
  readonly profile: Readonly<Record<string, Distribution>>;
}
