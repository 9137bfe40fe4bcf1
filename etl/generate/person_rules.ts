// The rules every person is judged by, read from the schema of the API's person.
import { DEFAULT_VERSION, PERSON } from "../../schema/mod.ts";
import { KINDS } from "../../schema/valibot/issue.ts";
import type { Parts } from "../../schema/valibot/parts.ts";

/** A rule, in the words of a reject. */
interface PersonRule {
  /** Path in the API's person; empty for a rule about the person as a whole. */
  readonly path: string;
  /** Whether it is about several fields below the path; a reject then names one of them. */
  readonly several: boolean;
  /** Name of the rule. */
  readonly rule: string;
  /** What it wants, in words. */
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

/** The rules in the order of the schema. */
export function personRules(): readonly PersonRule[] {
  return [...rulesAt("", PERSON[DEFAULT_VERSION])];
}
