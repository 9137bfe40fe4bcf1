/**
 * Judges a page as a whole: whether it is what was asked for, before any person on it is looked at.
 *
 * @module
 */
import * as v from "valibot";
import {
  API_VERSIONS,
  type ApiVersion,
  DEFAULT_VERSION,
  ERROR_BODY,
  INFO,
  type Nationality,
  PAGE,
  type Page,
} from "../../schema/mod.ts";
import { SourceError } from "../errors.ts";

/** What a page can fail by. */
export const PAGE_RULES = {
  json: { meaning: "the page is JSON" },
  error: { meaning: "the page is no error message" },
  results: { meaning: "the page has a list of results" },
  info: { meaning: "the page has an info that says seed, page, results and version" },
  count: { meaning: "as many people as asked for, and as info says" },
  page: { meaning: "the page asked for" },
  seed: { meaning: "the seed asked for" },
  version: { meaning: "the version asked for, and one that debr reads" },
  nationality: { meaning: "only people of the nationalities asked for" },
  repeat: { meaning: "no page came before in the run" },
} as const;

/** A rule that a page can fail. */
export type PageRule = keyof typeof PAGE_RULES;

/** A page that is not what was asked for, though it answered 200 or lies in a file. */
export class PageError extends SourceError {
  /** The rule it failed. */
  readonly rule: PageRule;

  /** Says which page failed which rule, and what to do next. */
  constructor(
    message: string,
    { rule, page, next }: { rule: PageRule; page: string; next: string },
  ) {
    super(`Cannot use ${page}: ${message} (rule ${rule})`, {
      step: "page",
      next,
      transient: rule !== "version" && rule !== "repeat",
    });
    this.rule = rule;
  }
}

/** What was asked of the API. */
export interface Asked {
  readonly page: number;
  readonly results: number;
  readonly version: ApiVersion;
  readonly seed?: string | undefined;
  readonly nat?: readonly Nationality[] | undefined;
}

/** A page whose envelope holds: the people on it are not judged yet. */
export interface CheckedPage {
  /** Address or path it came from. */
  readonly label: string;
  /** Version of the API, which decides what a person must be. */
  readonly version: ApiVersion;
  /** Its seed, where the page says so. */
  readonly seed: string | undefined;
  /** Its number, from 1, where the page says so. */
  readonly page: number | undefined;
  /** The people on it as they came. */
  readonly people: readonly unknown[];
}

const API_NEXT = "Run it again later. Work offline: deno task extract --source sample";
const SAVED_NEXT = "Save the page again, or leave it out";

function parse(text: string, fail: (rule: PageRule, message: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a password.
    return fail("json", `not JSON, ${text.length} characters`);
  }
}

function isVersion(version: string): version is ApiVersion {
  return (API_VERSIONS as readonly string[]).includes(version);
}

function checkAnswer(
  { info, results }: Page,
  asked: Asked,
  fail: (rule: PageRule, message: string) => never,
): void {
  const equal = (rule: PageRule, found: unknown, wanted: unknown) => {
    if (found !== wanted) fail(rule, `asked for ${rule} ${wanted}, got ${found}`);
  };
  equal("version", info.version, asked.version);
  equal("page", info.page, asked.page);
  if (asked.seed !== undefined) equal("seed", info.seed, asked.seed);
  equal("count", results.length, asked.results);
  const { nat } = asked;
  if (nat === undefined) return;
  const other = results.findIndex((person) =>
    !(nat as readonly unknown[]).includes((person as { nat?: unknown } | null)?.nat)
  );
  if (other !== -1) fail("nationality", `row ${other} is not of ${nat.join(", ")}`);
}

/**
 * Judges an answer of the API against what was asked.
 *
 * Throws a {@link PageError} that names the rule.
 */
export function checkApiPage(
  text: string,
  { label, asked }: { label: string; asked: Asked },
): CheckedPage & { readonly seed: string; readonly page: number } {
  const fail = (rule: PageRule, message: string): never => {
    throw new PageError(message, { rule, page: label, next: API_NEXT });
  };
  const page = checkEnvelope(parse(text, fail), fail);
  if (page.info === undefined) return fail("info", "no info");
  checkAnswer({ info: page.info, results: page.results }, asked, fail);
  const { seed, page: number } = page.info;
  return { label, version: asked.version, seed, page: number, people: page.results };
}

function checkEnvelope(
  body: unknown,
  fail: (rule: PageRule, message: string) => never,
): Omit<Page, "info"> & { info?: Page["info"] } {
  if (v.is(ERROR_BODY, body)) return fail("error", `the API says ${JSON.stringify(body.error)}`);
  const lacksInfo = v.safeParse(v.omit(PAGE, ["info"]), body);
  if (!lacksInfo.success) return fail("results", "no list of results");
  const { results } = lacksInfo.output;
  const said = (body as { info?: unknown }).info;
  if (said === undefined) return { results };
  const info = v.safeParse(INFO, said);
  if (!info.success) {
    const [issue] = info.issues;
    return fail("info", `info.${v.getDotPath(issue)} should be ${issue.message}`);
  }
  if (info.output.results !== results.length) {
    return fail(
      "count",
      `info.results says ${info.output.results}, the page has ${results.length}`,
    );
  }
  return { results, info: info.output };
}

/** Whether a saved file holds one person and no page: it has a login, a name, but no results. */
function isPerson(body: unknown): boolean {
  return typeof body === "object" && body !== null && !Array.isArray(body) &&
    "name" in body && "nat" in body && !("results" in body);
}

/**
 * Judges a saved page: a page as the API sent it, one that lacks `info`, a bare list of people, or
 * a single person.
 *
 * Throws a {@link PageError} that names the rule.
 */
export function checkSavedPage(text: string, { label }: { label: string }): CheckedPage {
  const fail = (rule: PageRule, message: string): never => {
    throw new PageError(message, { rule, page: label, next: SAVED_NEXT });
  };
  const body = parse(text, fail);
  const bare = Array.isArray(body) ? body : isPerson(body) ? [body] : undefined;
  const { results, info } = bare === undefined ? checkEnvelope(body, fail) : { results: bare };
  const version = info?.version ?? DEFAULT_VERSION;
  if (!isVersion(version)) {
    return fail(
      "version",
      `saved from API version ${version}, debr reads ${API_VERSIONS.join(", ")}`,
    );
  }
  return { label, version, seed: info?.seed, page: info?.page, people: results };
}
