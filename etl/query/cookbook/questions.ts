// Questions that people ask such data, each with the SQL that answers it on either engine. The
// cookbook, the views of an exported database and the tests are made of them.
import { PEOPLE } from "./people.ts";
import { TIMES } from "./times.ts";
import { QUALITY } from "./quality.ts";
import type { Question } from "./question.ts";

export const QUESTIONS: readonly Question[] = [...PEOPLE, ...TIMES, ...QUALITY];

/** The questions that need no file beside the tables. */
export const VIEWS: readonly Question[] = QUESTIONS.filter(({ file }) => file === undefined);
