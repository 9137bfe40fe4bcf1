// Checks saved JSON as a whole.
import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION, type Page } from "../../../schema/mod.ts";
import { isPerson, pathsOfPeople } from "../text/inside.ts";
import {
  checkCount,
  type CheckedPage,
  checkEnvelope,
  type Fail,
  PageError,
  parsePage,
} from "./page.ts";
import type { Place } from "../text/position.ts";

/** The location of a page, for errors and rejects. */
export interface SavedWhere {
  readonly label: string;
  /** The start of its text in the file, if not the first byte. */
  readonly place?: () => Place;
}

export function failSaved(page: string): Fail {
  return (rule, message, next = "Save the page again, or leave it out") => {
    throw new PageError(message, { rule, page, next });
  };
}

function isVersion(version: string): version is ApiVersion {
  return (API_VERSIONS as readonly string[]).includes(version);
}

function checkVersion(info: Page["info"] | undefined, fail: Fail): ApiVersion {
  const version = info?.version ?? DEFAULT_VERSION;
  if (isVersion(version)) return version;
  return fail(
    "version",
    `saved from API version ${version}, debr reads ${API_VERSIONS.join(", ")}`,
  );
}

/** Throws if the people are deeper in the JSON, and names their path. */
function refuseWrapped(body: unknown, fail: Fail): void {
  const paths = pathsOfPeople(body);
  if (paths.length === 0) return;
  fail(
    "results",
    `no list of results at its top, but people at ${paths.join(", ")}`,
    { code: "people_inside", path: paths[0]! },
  );
}

/** Checks a page with or without `info`, a list of people, or one person. */
export function checkSavedBody(body: unknown, label: string): CheckedPage {
  const fail = failSaved(label);
  const bare = Array.isArray(body) ? body : isPerson(body) ? [body] : undefined;
  const of = bare?.[0] ?? body;
  if (!isPerson(of) && !hasResults(of)) refuseWrapped(of, fail);
  const { results, info } = bare === undefined ? checkEnvelope(body, fail) : { results: bare };
  checkCount(info, results.length, fail);
  const version = checkVersion(info, fail);
  return { label, version, seed: info?.seed, page: info?.page, people: results };
}

function hasResults(body: unknown): boolean {
  return Array.isArray((body as { results?: unknown } | null)?.results);
}

/** Checks text as {@link checkSavedBody} does. Throws a {@link PageError}. */
export function checkSavedPage(text: string, { label, place }: SavedWhere): CheckedPage {
  return checkSavedBody(parsePage(text, failSaved(label), place), label);
}

/** Reads the info of a page; `undefined` if invalid, since the whole page reports the fault. */
export function infoOf(envelope: unknown, fail: Fail) {
  try {
    const { info } = checkEnvelope(envelope, fail);
    return info && { info, version: checkVersion(info, fail) };
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}
