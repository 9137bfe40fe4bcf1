// The cookbook, the views of an exported database and the tests use these questions.
import TEXT from "./questions.sql" with { type: "text" };

export interface Question {
  /** The name of the question, its view and its plot. */
  readonly name: string;
  readonly title: string;
  /** What is worth knowing about the SQL. */
  readonly says: string;
  readonly sql: string;
  readonly plot: "bars" | "columns" | "pyramid" | undefined;
  /** A file that the SQL joins to the tables. */
  readonly file: string | undefined;
}

const FORM =
  /^-- (?<name>\w+)(?: (?<plot>bars|columns|pyramid))?(?: (?<file>\S+\.csv))?\n-- (?<title>.+)\n(?<says>(?:-- .+\n)+)(?<sql>[^;]+);$/gm;

export const QUESTIONS: readonly Question[] = TEXT.matchAll(FORM).map(({ groups }) => {
  const says = groups!["says"]!.replaceAll(/^-- |\n$/gm, "").replaceAll("\n", " ");
  return { ...groups as unknown as Question, says };
}).toArray();

/** The questions that need only the tables. */
export const VIEWS: readonly Question[] = QUESTIONS.filter(({ file }) => file === undefined);
