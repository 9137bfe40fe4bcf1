/**
 * Opens what people have saved, whichever shape it has: a page as the API sends it or without info,
 * a list of people, one person, or a list or lines of any of these.
 *
 * @module
 */
import { type ApiVersion, DEFAULT_VERSION } from "../../../schema/mod.ts";
import { decodeSaved } from "../files/encoding.ts";
import { checkCount, type CheckedPage, type Fail, parsePage } from "./page.ts";
import { placeAfter } from "./place.ts";
import { type CutPage, cutPage, readPeople } from "./pieces.ts";
import {
  checkSavedBody,
  checkSavedPage,
  failSaved,
  infoOf,
  type SavedWhere,
} from "./saved_body.ts";
import { type Value, type Values, valuesIn } from "./values.ts";
import { PersonScanner } from "../../transform/validate/fast/scan.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How pages are opened. */
export interface OpenOptions {
  /**
   * Whether people who are found valid on the way may come as `PersonFields`, the same object for one
   * after the other, which takes a third of the time; by default all come parsed.
   */
  readonly asFields?: boolean;
}

type Where = OpenOptions & SavedWhere;

/** A page, its people to be read once, before the next page. */
export type SavedPage = Omit<CheckedPage, "people"> & { readonly people: Iterable<unknown> };

/** People in a row that are one page, at most. */
const RUN_PEOPLE = 5000;

const ONE: Values = { values: [], isList: false };

/** Fields are found by offsets of 32 bits. */
const MAX_SCANNED = 2 ** 31 - 1;

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

function scannerOf(bytes: Bytes, { asFields, version }: {
  readonly asFields: boolean | undefined;
  readonly version: ApiVersion;
}): PersonScanner | undefined {
  return asFields && bytes.length <= MAX_SCANNED ? new PersonScanner(bytes, version) : undefined;
}

function checkWhole(bytes: Bytes, where: Where): CheckedPage {
  return checkSavedPage(decodeSaved(bytes, where.label), where);
}

/** A page whose people are read as they are asked for; after it, the values that follow it. */
function* openCut(bytes: Bytes, { cut, known, where }: {
  readonly cut: CutPage;
  readonly known: NonNullable<ReturnType<typeof infoOf>>;
  readonly where: Where;
}): Generator<SavedPage, void> {
  const { label, asFields } = where;
  const { info, version } = known;
  const fail = failSaved(label);
  let following: readonly Value[] = [];
  const people = function* () {
    const { rows, broken } = yield* cut.people(scannerOf(bytes, { asFields, version }));
    if (broken === undefined) return checkCount(info, rows, fail);
    // Info was taken from the last of several pages.
    const [first, ...others] = valuesIn(bytes).values;
    const several = first?.isPage && others.length > 0;
    const whole = checkWhole(several ? bytes.subarray(first.from, first.to) : bytes, where);
    if (whole.version !== version) fail("version", "pages of more than one version");
    if (several) following = others;
    yield* restOf(whole.people, broken.before, fail);
  };
  yield { label, version, seed: info.seed, page: info.page, people: people() };
  yield* openValues(bytes, { values: following, where, number: 2 });
}

/** A list of the values, with nothing but commas between them. */
function listOf(bytes: Bytes, run: readonly Value[]): Bytes {
  const size = run.reduce((sum, { from, to }) => sum + to - from + 1, 1);
  const list = new Uint8Array(size).fill(0x2c);
  let at = 1;
  for (const { from, to } of run) {
    list.set(bytes.subarray(from, to), at);
    at += to - from + 1;
  }
  return list;
}

/** Throws the error of the first value that is not JSON. */
function failRun(bytes: Bytes, { run, where }: { run: readonly Value[]; where: Where }): never {
  for (const value of run) parseValue(bytes, { value, where });
  throw new TypeError("a list is no JSON though its values are");
}

function parseValue(bytes: Bytes, { value, where }: { value: Value; where: Where }): unknown {
  const text = decodeSaved(bytes.subarray(value.from, value.to), where.label);
  const place = () => placeAfter(bytes.subarray(0, value.from), where.place?.());
  return parsePage(text, failSaved(where.label), place);
}

/** People in a row as a page. */
function openRun(bytes: Bytes, { run, isList, label, where }: {
  readonly run: readonly Value[];
  readonly isList: boolean;
  readonly label: string;
  readonly where: Where;
}): SavedPage {
  const version = DEFAULT_VERSION;
  // Said of the first: people may be further inside in each.
  checkSavedBody([parseValue(bytes, { value: run[0]!, where })], label);
  const people = function* () {
    const list = isList ? bytes : listOf(bytes, run);
    const [start, end] = isList ? [run[0]!.from, run.at(-1)!.to] : [1, list.length - 1];
    const scanner = scannerOf(list, { asFields: where.asFields, version });
    const { broken } = yield* readPeople(list, { start, end, scanner });
    if (broken !== undefined) failRun(bytes, { run, where });
    // Gives the memory back now and not when garbage is collected.
    if (!isList) list.buffer.transfer(0);
  };
  return { label, version, seed: undefined, page: undefined, people: people() };
}

/** Opens values of a file: pages, and people in a row. */
function* openValues(bytes: Bytes, { values, isList = false, where, number }: {
  readonly values: readonly Value[];
  readonly isList?: boolean;
  readonly where: Where;
  /** Position of the first of them in the file, from 1. */
  readonly number: number;
}): Generator<SavedPage, void> {
  const labelAt = (at: number) => number + at === 1 ? where.label : `${where.label}#${number + at}`;
  for (let at = 0; at < values.length;) {
    const { isPage, from, to } = values[at]!;
    const label = labelAt(at);
    if (isPage) {
      const place = () => placeAfter(bytes.subarray(0, from), where.place?.());
      yield* openSavedPages(bytes.subarray(from, to), { ...where, label, place });
      at++;
      continue;
    }
    let end = at;
    while (end < values.length && end - at < RUN_PEOPLE && !values[end]!.isPage) end++;
    yield openRun(bytes, { run: values.slice(at, end), isList, label, where });
    at = end;
  }
}

/**
 * Opens the pages in the bytes of a file, one after the other. Throws a `PageError` that names
 * the rule; what is wrong further down is thrown when the people have come that far.
 */
export function* openSavedPages(bytes: Bytes, where: Where): Generator<SavedPage, void> {
  const cut = cutPage(bytes);
  const known = cut && infoOf(cut.envelope, failSaved(where.label));
  // Of a page as the API sends it no more than its ends is looked at before its people are read.
  const { values, isList } = known && where.asFields ? ONE : valuesIn(bytes);
  if (values.length > 1 || isList && values[0]?.isPage) {
    yield* openValues(bytes, { values, isList, where, number: 1 });
  } else if (known === undefined) yield checkWhole(bytes, where);
  else yield* openCut(bytes, { cut: cut!, known, where });
}
