// Opens saved pages, with or without info, lists of people, one person, and lists or lines of these.
import { type ApiVersion, DEFAULT_VERSION } from "../../../schema/mod.ts";
import { decodeSaved } from "../text/encoding.ts";
import {
  checkSavedBody,
  checkSavedPage,
  documentsIn,
  documentsOf,
  failSaved,
  infoOf,
  parseValue,
  type SavedDocument,
  type SavedFile,
} from "./documents.ts";
import { checkCount, type CheckedPage } from "./page.ts";
import { type CutPage, cutPage, readPeople, type Scanner } from "./pieces.ts";
import { type Value, valuesIn } from "../text/values.ts";

export interface OpenOptions {
  readonly scanner?: ((bytes: Uint8Array<ArrayBuffer>, version: ApiVersion) => Scanner) | undefined;
}

/** A saved page; its people can be read once, before the next page. */
export type SavedPage = Omit<CheckedPage, "people"> & { readonly people: Iterable<unknown> };

type Opened = SavedDocument & OpenOptions;

/** Largest page that is scanned, in bytes: offsets have 32 bits. */
const MAX_SCANNED = 2 ** 31 - 1;

function scannerOf(
  bytes: Uint8Array<ArrayBuffer>,
  { scanner, version }: OpenOptions & { readonly version: ApiVersion },
): Scanner | undefined {
  return bytes.length <= MAX_SCANNED ? scanner?.(bytes, version) : undefined;
}

function checkWhole({ bytes, ...where }: SavedFile): CheckedPage {
  return checkSavedPage(decodeSaved(bytes, where.label), where);
}

type KnownPage = NonNullable<ReturnType<typeof infoOf>> & { readonly cut: CutPage };

function knownPage({ bytes, label }: SavedFile): KnownPage | undefined {
  const cut = cutPage(bytes);
  const known = cut && infoOf(cut.envelope, failSaved(label));
  return known && { ...known, cut: cut! };
}

function* openKnown(file: Opened, { cut, info, version }: KnownPage): Generator<SavedPage, void> {
  const { label, bytes, scanner } = file;
  const fail = failSaved(label);
  let following: readonly Value[] = [];
  const people = function* () {
    const { rows, broken } = yield* cut.people(scannerOf(bytes, { scanner, version }));
    if (broken === undefined) return checkCount(info, rows, fail);
    // The info may be that of the last of several pages.
    const [first, ...others] = valuesIn(bytes).values;
    const several = first?.isPage && others.length > 0;
    if (several) following = others;
    const own = several ? bytes.slice(first.from, first.to) : bytes;
    const whole = checkWhole({ ...file, bytes: own });
    if (whole.version !== version) fail("version", "pages of more than one version");
    // The people after those that were read in pieces.
    const row = broken.before.length;
    const same = JSON.stringify(whole.people.slice(0, row)) === JSON.stringify(broken.before);
    yield* same ? whole.people.slice(row) : fail("results", "more than one list of results");
  };
  yield { label, version, seed: info.seed, page: info.page, people: people() };
  for (const document of documentsOf(file, { values: following, isList: false, number: 2 })) {
    yield* openDocument({ ...document, scanner });
  }
}

function openRun({ label, bytes, scanner }: Opened, { file, values }: {
  file: SavedFile;
  values: readonly Value[];
}): SavedPage {
  const version = DEFAULT_VERSION;
  // Checks the first value, since the people may be deeper in each.
  checkSavedBody([parseValue({ ...file, label }, values[0]!)], label);
  const people = function* () {
    const list = {
      start: 1,
      end: bytes.length - 1,
      scanner: scannerOf(bytes, { scanner, version }),
    };
    const { broken } = yield* readPeople(bytes, list);
    if (broken === undefined) return;
    for (const value of values) parseValue({ ...file, label }, value);
    throw new TypeError("a list is not JSON, although its values are");
  };
  return { label, version, seed: undefined, page: undefined, people: people() };
}

/** Opens one document and reads its people lazily; a failure affects only this document. */
export function* openDocument(document: Opened): Generator<SavedPage, void> {
  if (document.run) return yield openRun(document, document.run);
  const known = knownPage(document);
  if (known === undefined) yield checkWhole(document);
  else yield* openKnown(document, known);
}

/** Opens saved pages; throws a `PageError` that names the rule, at once or while people are read. */
export function* openSavedPages(file: SavedFile & OpenOptions): Generator<SavedPage, void> {
  // Only the ends of a page of the API are checked before its people are read.
  const known = file.scanner && file.inside === undefined ? knownPage(file) : undefined;
  if (known) return yield* openKnown(file, known);
  for (const document of documentsIn(file)) {
    yield* openDocument({ ...document, scanner: file.scanner });
  }
}
