// Common questions about such data, each with SQL for both engines. The cookbook, the views of an
// exported database and the tests use them.
import { PEOPLE } from "./people.ts";
import { TIMES } from "./times.ts";
import { QUALITY } from "./quality.ts";
import type { Question } from "./question.ts";

export const QUESTIONS: readonly Question[] = [...PEOPLE, ...TIMES, ...QUALITY];

/** The questions that need only the tables. */
export const VIEWS: readonly Question[] = QUESTIONS.filter(({ file }) => file === undefined);
