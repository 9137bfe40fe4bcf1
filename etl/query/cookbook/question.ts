// A question of the cookbook.

/** How a plot reads the rows: labels come from the first column, numbers from the others. */
type Plot = "bars" | "columns" | "pyramid";

export interface Question {
  /** The name of the question, its view and its plot. */
  readonly name: string;
  readonly title: string;
  /** What is worth knowing about the SQL. */
  readonly says: string;
  readonly sql: string;
  readonly plot?: Plot;
  /** A file that the SQL joins to the tables. */
  readonly file?: string;
}
