/**
 * Judges a saved page as a whole, and reads its people piece by piece.
 *
 * @module
 */
import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION, type Page } from "../../../schema/mod.ts";
import { decodeSaved } from "../files/saved.ts";
import {
  checkCount,
  type CheckedPage,
  checkEnvelope,
  type Fail,
  PageError,
  parsePage,
} from "./page.ts";
import { cutPage } from "./pieces.ts";
import { PersonScanner } from "../../transform/validate/fast/scan.ts";

function failSaved(page: string): Fail {
  return (rule, message) => {
    throw new PageError(message, { rule, page, next: "Save the page again, or leave it out" });
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

/** Whether a saved file holds one person and no page: it has a name and a nationality, but no results. */
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
  const fail = failSaved(label);
  const body = parsePage(text, fail);
  const bare = Array.isArray(body) ? body : isPerson(body) ? [body] : undefined;
  const { results, info } = bare === undefined ? checkEnvelope(body, fail) : { results: bare };
  checkCount(info, results.length, fail);
  const version = checkVersion(info, fail);
  return { label, version, seed: info?.seed, page: info?.page, people: results };
}

/** The people from a row on, of a page whose people before it were read in pieces. */
function restOf(
  people: readonly unknown[],
  before: readonly unknown[],
  fail: Fail,
): readonly unknown[] {
  const row = before.length;
  const same = JSON.stringify(people.slice(0, row)) === JSON.stringify(before);
  return same ? people.slice(row) : fail("results", "more than one list of results");
}

/**
 * What the envelope of a page says; `undefined` where it says too little or fails a rule: what is
 * wrong then is told of the whole page.
 */
function infoOf(envelope: unknown, fail: Fail) {
  try {
    const { info } = checkEnvelope(envelope, fail);
    return info && { info, version: checkVersion(info, fail) };
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}

/** Fields are found by offsets of 32 bits. */
const MAX_SCANNED = 2 ** 31 - 1;

/** How a page is opened. */
export interface OpenOptions {
  /**
   * Whether people who are found valid on the way may come as `PersonFields`, the same object for one
   * after the other, which takes a third of the time; by default all come parsed.
   */
  readonly asFields?: boolean;
}

/**
 * Judges a saved page as {@link checkSavedPage} does, and reads its people only as they are asked
 * for. What is wrong further down is thrown when they have come that far.
 */
export function openSavedPage(
  bytes: Uint8Array<ArrayBuffer>,
  { label, asFields = false }: OpenOptions & { readonly label: string },
): Omit<CheckedPage, "people"> & { readonly people: Iterable<unknown> } {
  const whole = () => checkSavedPage(decodeSaved(bytes, label), { label });
  const fail = failSaved(label);
  const cut = cutPage(bytes);
  const known = cut && infoOf(cut.envelope, fail);
  if (known === undefined) return whole();
  const { info, version } = known;
  const people = function* () {
    const scans = asFields && bytes.length <= MAX_SCANNED;
    const scanner = scans ? new PersonScanner(bytes, version) : undefined;
    const { rows, broken } = yield* cut!.people(scanner);
    if (broken === undefined) checkCount(info, rows, fail);
    else yield* restOf(whole().people, broken.before, fail);
  };
  return { label, version, seed: info.seed, page: info.page, people: people() };
}
