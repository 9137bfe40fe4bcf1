import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION, type Page } from "../../../schema/mod.ts";
import { decodeSaved } from "../text/encoding.ts";
import { type Place, placeAfter, SAVE_AGAIN } from "../text/json_fault.ts";
import { inBrackets, type Value, type Values, valuesIn } from "../text/values.ts";
import {
  checkCount,
  type CheckedPage,
  checkEnvelope,
  type Fail,
  PageError,
  parsePage,
} from "./page.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface SavedFile extends SavedWhere {
  readonly bytes: Bytes;
  /** Dotted path to the people in each of its values. */
  readonly inside?: string | undefined;
}

/** A page, a list of people, a person, or an invalid value. */
export interface SavedDocument extends SavedFile {
  /** The original values, if several were joined into a list. */
  readonly run?: { readonly file: SavedFile; readonly values: readonly Value[] };
}

export const RUN_PEOPLE = 5000;

/** Limits of the search for people in JSON that wraps them: depth, and paths in a message. */
const [DEEPEST, MOST_PATHS] = [4, 5];

export function parseValue({ bytes, label, place }: SavedFile, { from, to }: Value): unknown {
  const text = decodeSaved(bytes.subarray(from, to), label);
  return parsePage(text, failSaved(label), () => placeAfter(bytes.subarray(0, from), place?.()));
}

function listOf(bytes: Bytes, values: readonly Value[]): Bytes {
  const size = values.reduce((sum, { from, to }) => sum + to - from + 1, 1);
  const list = new Uint8Array(size).fill(0x2c);
  let at = 1;
  for (const { from, to } of values) {
    list.set(bytes.subarray(from, to), at);
    at += to - from + 1;
  }
  return list;
}

/** Yields consecutive people as a list; people of a list stay in place, with temporary brackets. */
function* runDocument(file: SavedFile, { values, isList, label }: {
  values: readonly Value[];
  isList: boolean;
  label: string;
}): Generator<SavedDocument, void> {
  const bytes = isList
    ? file.bytes.subarray(values[0]!.from - 1, values.at(-1)!.to + 1)
    : listOf(file.bytes, values);
  using _list = inBrackets(bytes);
  yield { label, bytes, run: { file, values } };
  // Frees the memory without waiting for the garbage collector.
  if (!isList) bytes.buffer.transfer(0);
}

/** Yields the documents of values; `number` is the position of the first value, from 1. */
export function* documentsOf(
  file: SavedFile,
  { values, isList, number = 1 }: Values & { readonly number?: number },
): Generator<SavedDocument, void> {
  for (let at = 0; at < values.length;) {
    const { isPage, from, to } = values[at]!;
    const position = number + at;
    const label = position === 1 ? file.label : `${file.label}#${position}`;
    let end = at;
    while (end < values.length && end - at < RUN_PEOPLE && !values[end]!.isPage) end++;
    if (isPage) {
      const place = () => placeAfter(file.bytes.subarray(0, from), file.place?.());
      yield* documentsIn({ label, place, bytes: file.bytes.subarray(from, to) });
    } else yield* runDocument(file, { values: values.slice(at, end), isList, label });
    at = Math.max(end, at + 1);
  }
}

function encoded(label: string, body: unknown): SavedDocument {
  return { label, bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

function* documentsInside(file: SavedFile, inside: string): Generator<SavedDocument, void> {
  const { values, isList } = valuesIn(file.bytes);
  const whole = values.length < 2 || isList && /^\d/.test(inside);
  const bodies = whole ? [{ from: 0, to: file.bytes.length, isPage: true }] : values;
  let people: unknown[] = [];
  let label = file.label;
  for (const [at, value] of bodies.entries()) {
    const own = at === 0 ? file.label : `${file.label}#${at + 1}`;
    const body = parseValue(file, value);
    const found = inside.split(".").reduce(valueOf, body);
    if (found === undefined) {
      refuseWrapped(body, { fail: failSaved(own), what: `nothing at ${inside}` });
      failSaved(own)("results", `nothing at ${inside}, and no people in it`);
    }
    if (people.length === 0) label = own;
    if (isPerson(found)) people.push(found);
    if (people.length > 0 && (!isPerson(found) || people.length === RUN_PEOPLE)) {
      yield encoded(label, people);
      people = [];
    }
    if (!isPerson(found)) yield* documentsIn(encoded(own, found));
  }
  if (people.length > 0) yield encoded(label, people);
}

/** Yields the documents of a file; each is valid until the next is read. */
export function* documentsIn(file: SavedFile): Generator<SavedDocument, void> {
  if (file.inside !== undefined) return yield* documentsInside(file, file.inside);
  const { values, isList } = valuesIn(file.bytes);
  const several = values.length > 1 || isList && values[0]?.isPage;
  if (several) yield* documentsOf(file, { values, isList });
  else yield file;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPerson(value: unknown): boolean {
  return isObject(value) && "name" in value && "nat" in value && !("results" in value);
}

function holdsPeople(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [first] = value;
  return isPerson(first) || isObject(first) && Array.isArray(first["results"]);
}

function* pathsTo(
  value: unknown,
  { holds, path = [] }: { holds: (value: unknown) => boolean; path?: readonly string[] },
): Generator<string, void> {
  if (path.length > 0 && holds(value)) yield path.join(".");
  else if (Array.isArray(value)) {
    // The same path for all values of a list.
    yield* value.values().flatMap((inner) => pathsTo(inner, { holds, path })).take(1);
  } else if (isObject(value) && path.length < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      yield* pathsTo(inner, { holds, path: [...path, key] });
    }
  }
}

/** Some dotted paths to lists of people, or to single people if there are no lists. */
function pathsOfPeople(value: unknown): string[] {
  const lists = [...pathsTo(value, { holds: holdsPeople }).take(MOST_PATHS)];
  return lists.length > 0 ? lists : [...pathsTo(value, { holds: isPerson }).take(MOST_PATHS)];
}

/** The value of a key, or those in each value of a list. */
function valueOf(value: unknown, key: string): unknown {
  if (isObject(value) && Object.hasOwn(value, key)) return value[key];
  const all = Array.isArray(value) ? value.map((inner) => valueOf(inner, key)) : [];
  return all.some((inner) => inner !== undefined) ? all : undefined;
}

interface SavedWhere {
  readonly label: string;
  /** The start of its text in the file, if not the first byte. */
  readonly place?: () => Place;
}

export function failSaved(page: string): Fail {
  return (rule, message, next = SAVE_AGAIN) => {
    throw new PageError(message, { rule, page, next });
  };
}

function checkVersion(info: Page["info"] | undefined, fail: Fail): ApiVersion {
  const said = info?.version ?? DEFAULT_VERSION;
  const version = API_VERSIONS.find((version) => version === said);
  const known = API_VERSIONS.join(", ");
  return version ?? fail("version", `saved from API version ${said}, debr reads ${known}`);
}

/** Throws if the people are elsewhere in the JSON, and names their path. */
function refuseWrapped(body: unknown, { fail, what }: { fail: Fail; what: string }): void {
  const paths = pathsOfPeople(body);
  const [path] = paths;
  if (path === undefined) return;
  fail("results", `${what}, but people at ${paths.join(", ")}`, { code: "people_inside", path });
}

export function checkSavedBody(body: unknown, label: string): CheckedPage {
  const fail = failSaved(label);
  const bare = Array.isArray(body) ? body : isPerson(body) ? [body] : undefined;
  const of = bare?.[0] ?? body;
  const { results: list } = (of ?? {}) as { results?: unknown };
  if (!isPerson(of) && !Array.isArray(list)) {
    refuseWrapped(of, { fail, what: "no list of results at its top" });
  }
  const { results, info } = bare === undefined ? checkEnvelope(body, fail) : { results: bare };
  checkCount(info, results.length, fail);
  const version = checkVersion(info, fail);
  return { label, version, seed: info?.seed, page: info?.page, people: results };
}

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
