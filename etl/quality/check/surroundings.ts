// What an expectation may compare the data with: the clock, the files, an earlier run.
import type { Distribution } from "./chi_square.ts";
import type { Subject } from "./expectation.ts";

interface Baseline {
  readonly at: string;
  /** How often each value of a public column occurred, by `table.column`. */
  readonly profile: Readonly<Record<string, Distribution>>;
}

export interface Surroundings {
  readonly now: number;
  /** The last run that passed. */
  readonly baseline?: Baseline | undefined;
  /** When the files of a table were last written, in milliseconds since 1970. */
  readonly written: (table: Subject) => Promise<number | undefined>;
}

/** The outcomes of a stage, and the profile for the next run to compare with. */
export interface Judged<O> {
  readonly outcomes: readonly O[];
  readonly rows: Readonly<Record<string, number>>;
  readonly profile: Readonly<Record<string, Distribution>>;
}
