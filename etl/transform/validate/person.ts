/**
 * Judges people one by one. A person who fails a rule is data, not an error: a reject that says
 * where, which rule, and what was expected, with the value masked.
 *
 * @module
 */
import * as v from "valibot";
import { type ApiVersion, PERSON, type Person } from "../../../schema/mod.ts";
import { type Issue, issueExpected, issueRule, issueValue } from "../../../schema/valibot/issue.ts";
import { mask, pathPrivacy } from "./mask.ts";
import { predicate } from "./predicate.ts";

/** A rule that a person failed. */
export interface Failure {
  /** Path in the API's person: `location.postcode`. */
  readonly path: string;
  /** Name of the rule: `required`, `type`, `regex`, `picklist`, … */
  readonly rule: string;
  /** What the rule wants, in words. */
  readonly expected: string;
  /** What was found, masked by the privacy class of the path. */
  readonly received: string;
}

/** A person that was not kept: the first rule failed, and the others where there are more. */
export interface Reject extends Failure {
  /** Address or path of the page. */
  readonly page: string;
  /** Position on the page, from 0. */
  readonly row: number;
  /** The other rules failed. */
  readonly also?: readonly Failure[];
}

/** Valibot's issue in the words of a reject. */
function failure(issue: Issue): Failure {
  const path = v.getDotPath(issue) ?? "";
  return {
    path,
    rule: issueRule(issue),
    expected: issueExpected(issue),
    received: mask(issueValue(issue), pathPrivacy(path)),
  };
}

/** One person judged: kept, or the rules failed. */
type Verdict =
  | { readonly person: Person; readonly failures?: never }
  | { readonly person?: never; readonly failures: readonly [Failure, ...Failure[]] };

const CONFIG = { abortPipeEarly: true } as const;

const VALID = { "1.3": predicate(PERSON["1.3"]), "1.4": predicate(PERSON["1.4"]) } as const;

/**
 * Whether a person passes every rule, in a fifth of the time that {@link judge} takes. Says nothing
 * else, and drops nothing: secrets and fields outside the schema are still there.
 */
export function isValid(person: unknown, version: ApiVersion): person is Person {
  return VALID[version](person);
}

/** Judges one person. Secrets and fields outside the schema are dropped. */
export function judge(person: unknown, version: ApiVersion): Verdict {
  const result = v.safeParse(PERSON[version], person, CONFIG);
  if (result.success) return { person: result.output };
  const [first, ...others] = result.issues;
  return { failures: [failure(first), ...others.map(failure)] };
}

/** The reject of a person who failed, with the place it was found. */
export function reject(
  [first, ...also]: readonly [Failure, ...Failure[]],
  { page, row }: { page: string; row: number },
): Reject {
  return { page, row, ...first, ...(also.length > 0 && { also }) };
}
