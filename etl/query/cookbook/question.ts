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
  /** A file of the reader's own that the SQL joins: its name and its text. */
  readonly file?: { readonly name: string; readonly text: string };
}
