// What a question of the cookbook is.

/** How a plot reads the rows: labels from the first column, numbers from the next ones. */
type Plot = "bars" | "columns" | "pyramid";

export interface Question {
  /** Also the name of its view and of its plot. */
  readonly name: string;
  readonly title: string;
  /** What the SQL does that is worth knowing. */
  readonly says: string;
  readonly sql: string;
  readonly plot?: Plot;
  /** A file beside the tables that the SQL joins. */
  readonly file?: string;
}
