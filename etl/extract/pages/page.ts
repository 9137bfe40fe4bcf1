import * as v from "valibot";
import { type ApiVersion, ERROR_BODY, INFO, type Page, RESULTS } from "../../../schema/mod.ts";
import { plural } from "../../common/counts.ts";
import { SourceError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { issueExpected } from "../../../schema/valibot/issue.ts";
import { findJsonFault, type Place, placeAfter, START } from "../text/json_fault.ts";

/** The rules of pages, and whether a retry may help. */
export const PAGE_RULES = {
  "content-type": { meaning: "the content type of the response is JSON", transient: true },
  json: { meaning: "the page is JSON, in UTF-8", transient: true },
  jsonp: { meaning: "the page is plain JSON, not a JSONP call", transient: false },
  error: { meaning: "the page is not an error message", transient: true },
  results: { meaning: "the page has a list of results", transient: true },
  info: {
    meaning: "the page has an info with seed, page, results and version",
    transient: true,
  },
  empty: { meaning: "the page has people", transient: true },
  count: { meaning: "the number of people is the requested one and that of info", transient: true },
  page: { meaning: "the number of the page is the requested one", transient: true },
  seed: { meaning: "the seed is the requested one", transient: true },
  version: { meaning: "the version is the requested one, and debr supports it", transient: false },
  fields: { meaning: "people are not empty objects", transient: true },
  nationality: { meaning: "all people have a requested nationality", transient: true },
  gender: { meaning: "all people have the requested gender", transient: true },
  repeat: { meaning: "no other page of the run has the same people", transient: false },
} as const satisfies Record<string, { meaning: string; transient: boolean }>;

/** A rule that a page can fail. */
export type PageRule = keyof typeof PAGE_RULES;

/** Throws the error of a failed rule, with a next step if one is known. */
export type Fail = (rule: PageRule, message: string, next?: string | NextStep) => never;

/** The error of a saved page, or of a response with status 200, that breaks a rule. */
export class PageError extends SourceError {
  /** The failed rule. */
  readonly rule: PageRule;

  /** Names the page, the rule and the next step. */
  constructor(
    message: string,
    { rule, page, next }: { rule: PageRule; page: string; next: string | NextStep },
  ) {
    super(`Cannot use ${page}: ${message} (rule ${rule})`, {
      step: "page",
      next,
      transient: PAGE_RULES[rule].transient,
    });
    this.rule = rule;
  }
}

/** A page with a valid envelope; its people are not validated yet. */
export interface CheckedPage {
  /** Address or path of the page. */
  readonly label: string;
  /** Version of the API, which determines the schema of people. */
  readonly version: ApiVersion;
  /** Its seed, if the page names it. */
  readonly seed: string | undefined;
  /** Its number, from 1, if the page names it. */
  readonly page: number | undefined;
  /** The people, not validated. */
  readonly people: readonly unknown[];
}

export function parsePage(
  page: Uint8Array | string,
  fail: Fail,
  place: () => Place = () => START,
): unknown {
  let text: string;
  try {
    text = typeof page === "string" ? page : new TextDecoder("utf-8", { fatal: true }).decode(page);
  } catch {
    return fail("json", `not UTF-8, ${plural(page.length, "byte")}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser quotes the text, which may contain a password.
    const { at, rule, what, next } = findJsonFault(text);
    const before = new TextEncoder().encode(text.slice(0, at));
    const { line, column } = placeAfter(before, place());
    return fail(rule, `not JSON: ${what}, at line ${line}, column ${column}`, next);
  }
}

export function checkEnvelope(
  body: unknown,
  fail: Fail,
): Omit<Page, "info"> & { info?: Page["info"] } {
  if (v.is(ERROR_BODY, body)) {
    return fail("error", `the API says ${JSON.stringify(body.error.slice(0, 200))}`);
  }
  const lacksInfo = v.safeParse(RESULTS, body);
  if (!lacksInfo.success) return fail("results", "no list of results");
  const { results } = lacksInfo.output;
  const said = (body as { info?: unknown }).info;
  if (said === undefined) return { results };
  const info = v.safeParse(INFO, said);
  if (!info.success) {
    const [issue] = info.issues;
    const path = ["info", ...(v.getDotPath(issue)?.split(".") ?? [])].join(".");
    return fail("info", `${path} should be ${issueExpected(issue)}`);
  }
  return { results, info: info.output };
}

export function checkCount(info: Page["info"] | undefined, people: number, fail: Fail): void {
  if (info === undefined || info.results === people) return;
  if (people === 0) fail("empty", `it is empty, though info.results says ${info.results}`);
  fail("count", `info.results says ${info.results}, the page has ${people}`);
}
