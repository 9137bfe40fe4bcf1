// What an expectation may compare the data with: the clock, the files, an earlier run.
import type { Distribution } from "./chi_square.ts";
import type { Subject } from "./expectation.ts";

/** An earlier run, as the history kept it. */
interface Baseline {
  /** When it was, as ISO text. */
  readonly at: string;
  /** How often each value of a public column occurred, by `table.column`. */
  readonly profile: Readonly<Record<string, Distribution>>;
}

/** What is around the data. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The last run that passed, where there is one. */
  readonly baseline?: Baseline | undefined;
  /** When the files of a table were last written, in milliseconds since 1970. */
  readonly written: (table: Subject) => Promise<number | undefined>;
}

/** What a stage gives: an outcome for each expectation, and what the next run compares with. */
export interface Judged<O> {
  readonly outcomes: readonly O[];
  readonly rows: Readonly<Record<string, number>>;
  readonly profile: Readonly<Record<string, Distribution>>;
}
