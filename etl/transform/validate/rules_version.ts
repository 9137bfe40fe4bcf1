import { PERSON } from "../../../schema/mod.ts";
import { sha256 } from "../../common/sha256.ts";

/** Returns 16 hexadecimal digits that change with any rule of a schema. */
export function rulesVersion(schema: unknown): string {
  const rules = JSON.stringify(schema, (key, value: unknown) => {
    // The internals of Valibot are not rules.
    if (key.startsWith("~")) return undefined;
    return value instanceof RegExp ? String(value) : value;
  });
  return sha256(rules).slice(0, 16);
}

/** The version of the rules of a person, stored with each verdict. */
export const RULES_VERSION = rulesVersion(PERSON);
