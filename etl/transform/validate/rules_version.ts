import { PERSON } from "../../../schema/mod.ts";
import { sha256 } from "../../common/sha256.ts";

/** Omits the internals of Valibot that are not rules. */
function said(key: string, value: unknown): unknown {
  if (key.startsWith("~")) return undefined;
  return value instanceof RegExp ? String(value) : value;
}

/** Returns 16 hexadecimal digits that change with any rule of a schema. */
export function rulesVersion(schema: unknown): string {
  return sha256(JSON.stringify(schema, said)).slice(0, 16);
}

/** The version of the rules of a person, stored with each verdict. */
export const RULES_VERSION = rulesVersion(PERSON);
