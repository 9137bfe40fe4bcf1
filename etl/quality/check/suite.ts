// Builds the expectations of a run from the schema, known facts about the API, and custom ones.
import { schemaExpectations } from "./derive.ts";
import { type Expectation, type Stage, stageOf } from "./expectation.ts";
import { knownExpectations } from "./known.ts";
import { pageExpectations } from "./known_people.ts";

/** Returns the default expectations of all stages. */
export function defaultSuite(): Expectation[] {
  return [...pageExpectations(), ...schemaExpectations(), ...knownExpectations()];
}

/**
 * Returns the expectations of a stage. Custom ones replace default ones of the same name.
 */
export function suiteOf(stage: Stage, custom: readonly Expectation[] = []): Expectation[] {
  const byName = new Map(
    [...defaultSuite(), ...custom].map((expectation) => [expectation.name, expectation]),
  );
  const evaluated = stage === "database" ? "tables" : stage;
  return [...byName.values()].filter((expectation) => stageOf(expectation) === evaluated);
}
