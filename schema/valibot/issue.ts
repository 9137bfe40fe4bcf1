/**
 * Describes Valibot's issues without values, which Valibot's own messages quote.
 *
 * @module
 */
import type * as v from "valibot";

/** A fault of a value that a schema reports. */
export type Issue = v.BaseIssue<unknown>;

/** The expected kind of value, for schemas without a message of their own. */
export const KINDS: Readonly<Record<string, string>> = {
  Object: "an object",
  string: "text",
  number: "a number",
};

/** Returns the value of an issue; `undefined` if it is missing. */
export function issueValue({ path, input }: Issue): unknown {
  return path === undefined ? input : path.at(-1)?.value;
}

/** Returns the name of the rule: `required`, `type`, `regex`, `picklist`, … */
export function issueRule(issue: Issue): string {
  if (issue.kind !== "schema") return issue.type;
  if (issueValue(issue) === undefined) return "required";
  return issue.type === "picklist" ? issue.type : "type";
}

/** Describes the expected value. */
export function issueExpected(issue: Issue): string {
  if (issueRule(issue) === "required") return "a value";
  const custom = !issue.message.startsWith("Invalid ");
  return custom ? issue.message : KINDS[issue.expected ?? ""] ?? "another value";
}
