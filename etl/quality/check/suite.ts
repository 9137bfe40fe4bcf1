// The expectations of a run: from the schema, known facts about the API, and custom ones.
import { schemaExpectations } from "./derive.ts";
import { type Expectation, type Stage, stageOf } from "./expectation.ts";
import { knownExpectations } from "./known.ts";
import { pageExpectations } from "./known_people.ts";

/** Of all stages. */
export function defaultSuite(): Expectation[] {
  return [...pageExpectations(), ...schemaExpectations(), ...knownExpectations()];
}

/**
 * A custom expectation replaces the default one of its name, so that a threshold can be changed.
 */
export function suiteOf(stage: Stage, custom: readonly Expectation[] = []): Expectation[] {
  const byName = new Map(
    [...defaultSuite(), ...custom].map((expectation) => [expectation.name, expectation]),
  );
  const judged = stage === "database" ? "tables" : stage;
  return [...byName.values()].filter((expectation) => stageOf(expectation) === judged);
}
