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
import { decodeSaved } from "../source/saved.ts";
import { cutPage } from "./pieces.ts";

/** What a page can fail by. */
export type PageRule =
  | "json"
  | "error"
  | "results"
  | "info"
  | "count"
  | "page"
  | "seed"
  | "version"
  | "nationality"
  | "repeat";

/** A page that is not what was asked for, though it answered 200 or lies in a file. */
export class PageError extends SourceError {
  /** The rule it failed. */
  readonly rule: PageRule;

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
  readonly version: ApiVersion;
  /** Seed and number, where the page says so. */
  readonly seed: string | undefined;
  readonly page: number | undefined;
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
  checkCount(page.info, page.results.length, fail);
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
  return { results, info: info.output };
}

function checkCount(
  info: Page["info"] | undefined,
  people: number,
  fail: (rule: PageRule, message: string) => never,
): void {
  if (info === undefined || info.results === people) return;
  fail("count", `info.results says ${info.results}, the page has ${people}`);
}

/** Whether a saved file holds one person and no page: it has a login, a name, but no results. */
function isPerson(body: unknown): boolean {
  return typeof body === "object" && body !== null && !Array.isArray(body) &&
    "name" in body && "nat" in body && !("results" in body);
}

function checkVersion(
  version: string = DEFAULT_VERSION,
  fail: (rule: PageRule, message: string) => never,
): ApiVersion {
  if (isVersion(version)) return version;
  return fail(
    "version",
    `saved from API version ${version}, debr reads ${API_VERSIONS.join(", ")}`,
  );
}

function failSaved(label: string): (rule: PageRule, message: string) => never {
  return (rule, message) => {
    throw new PageError(message, { rule, page: label, next: SAVED_NEXT });
  };
}

/**
 * Judges a saved page: a page as the API sent it, one that lacks `info`, a bare list of people, or
 * a single person.
 *
 * Throws a {@link PageError} that names the rule.
 */
export function checkSavedPage(text: string, { label }: { label: string }): CheckedPage {
  const fail = failSaved(label);
  const body = parse(text, fail);
  const bare = Array.isArray(body) ? body : isPerson(body) ? [body] : undefined;
  const { results, info } = bare === undefined ? checkEnvelope(body, fail) : { results: bare };
  checkCount(info, results.length, fail);
  const version = checkVersion(info?.version, fail);
  return { label, version, seed: info?.seed, page: info?.page, people: results };
}

/** The people from a row on, of a page whose people before it were read in pieces. */
function restOf(
  people: readonly unknown[],
  { row, last }: { readonly row: number; readonly last: readonly unknown[] },
  fail: (rule: PageRule, message: string) => never,
): readonly unknown[] {
  const same = JSON.stringify(people.slice(row - last.length, row)) === JSON.stringify(last);
  return same ? people.slice(row) : fail("results", "more than one list of results");
}

/**
 * Judges a saved page as {@link checkSavedPage} does, and reads its people only as they are asked
 * for. What is wrong further down is thrown when they have come that far.
 */
export function openSavedPage(
  bytes: Uint8Array,
  { label }: { label: string },
): Omit<CheckedPage, "people"> & { readonly people: Iterable<unknown> } {
  const whole = () => checkSavedPage(decodeSaved(bytes, label), { label });
  const cut = cutPage(bytes);
  if (cut === undefined) return whole();
  const fail = failSaved(label);
  const { info } = checkEnvelope(cut.envelope, fail);
  const version = checkVersion(info?.version, fail);
  const people = function* () {
    let row = 0;
    let last: readonly unknown[] = [];
    for (const piece of cut.pieces()) {
      if (piece === undefined) return yield* restOf(whole().people, { row, last }, fail);
      yield* piece;
      row += piece.length;
      last = piece;
    }
    checkCount(info, row, fail);
  };
  return { label, version, seed: info?.seed, page: info?.page, people: people() };
}
