/**
 * Valibot's issues in words that show no value: its own messages quote what they found.
 *
 * @module
 */
import type * as v from "valibot";

/** What a schema reports of a value. */
export type Issue = v.BaseIssue<unknown>;

/** What is expected where a schema has no sentence of its own. */
export const KINDS: Readonly<Record<string, string>> = {
  Object: "an object",
  string: "text",
  number: "a number",
};

/** The value that an issue is about; `undefined` where there is none. */
export function issueValue({ path, input }: Issue): unknown {
  return path === undefined ? input : path.at(-1)?.value;
}

/** Name of the rule: `required`, `type`, `regex`, `picklist`, … */
export function issueRule(issue: Issue): string {
  if (issue.kind !== "schema") return issue.type;
  if (issueValue(issue) === undefined) return "required";
  return issue.type === "picklist" ? issue.type : "type";
}

/** What the rule wants, in words. */
export function issueExpected(issue: Issue): string {
  if (issueRule(issue) === "required") return "a value";
  const custom = !issue.message.startsWith("Invalid ");
  return custom ? issue.message : KINDS[issue.expected ?? ""] ?? "another value";
}
