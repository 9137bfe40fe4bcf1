// The expectations of a run: those of the schema, what the API is known for, and custom ones.
import { schemaExpectations } from "./derive.ts";
import { type Expectation, type Stage, stageOf } from "./expectation.ts";
import { knownExpectations } from "./known.ts";
import { pageExpectations } from "./known_pages.ts";

/** The default suite, of all stages. */
export function defaultSuite(): Expectation[] {
  return [...pageExpectations(), ...schemaExpectations(), ...knownExpectations()];
}

/**
 * The suite of a stage. A custom expectation takes the place of the default one of its name, so
 * that a threshold can be changed.
 */
export function suiteOf(stage: Stage, custom: readonly Expectation[] = []): Expectation[] {
  const byName = new Map(
    [...defaultSuite(), ...custom].map((expectation) => [expectation.name, expectation]),
  );
  const judged = stage === "database" ? "tables" : stage;
  return [...byName.values()].filter((expectation) => stageOf(expectation) === judged);
}
