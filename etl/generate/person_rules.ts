// Reads the rules for people from the schema of the API's person.
import { DEFAULT_VERSION, PERSON } from "../../schema/mod.ts";
import { KINDS } from "../../schema/valibot/issue.ts";
import type { Parts } from "../../schema/valibot/parts.ts";

/** A rule in the words of a reject. */
interface PersonRule {
  /** The path of the field; empty for a rule about the whole person. */
  readonly path: string;
  /** Whether the rule concerns several fields below the path. A reject then names one of them. */
  readonly several: boolean;
  readonly rule: string;
  readonly expected: string;
}

function words({ message, expects }: Parts): string {
  return typeof message === "string" ? message : KINDS[expects ?? ""] ?? expects ?? "";
}

function* rulesAt(path: string, item: Parts, several = false): Generator<PersonRule> {
  if (item.pipe !== undefined) {
    const [schema] = item.pipe;
    for (const inner of item.pipe) yield* rulesAt(path, inner, schema?.entries !== undefined);
  } else if (item.entries !== undefined) {
    for (const [name, entry] of Object.entries(item.entries)) {
      yield* rulesAt(path === "" ? name : `${path}.${name}`, entry);
    }
  } else if (item.wrapped !== undefined) {
    yield* rulesAt(path, item.wrapped);
  } else if (item.kind === "validation" || item.type === "picklist") {
    yield { path, several, rule: item.type, expected: words(item) };
  } else if (item.kind === "schema") {
    yield { path, several, rule: "type", expected: words(item) };
  }
}

export function personRules(): readonly PersonRule[] {
  return [...rulesAt("", PERSON[DEFAULT_VERSION])];
}
