// Cuts a file into documents: pages, lists of people, or the values that a path selects.
import { decodeSaved } from "../text/encoding.ts";
import { isPerson, pathsOfPeople, valueAt } from "../text/inside.ts";
import { parsePage } from "./page.ts";
import { placeAfter } from "../text/position.ts";
import { failSaved, type SavedWhere } from "./saved_body.ts";
import { type Value, type Values, valuesIn } from "../text/values.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A file, or part of one. */
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

/** Most people in one document. */
export const RUN_PEOPLE = 5000;

const [OPEN_LIST, CLOSE_LIST, COMMA] = [0x5b, 0x5d, 0x2c];

export function parseValue({ bytes, label, place }: SavedFile, { from, to }: Value): unknown {
  const text = decodeSaved(bytes.subarray(from, to), label);
  return parsePage(text, failSaved(label), () => placeAfter(bytes.subarray(0, from), place?.()));
}

function listOf(bytes: Bytes, run: readonly Value[]): Bytes {
  const size = run.reduce((sum, { from, to }) => sum + to - from + 1, 1);
  const list = new Uint8Array(size).fill(COMMA);
  let at = 1;
  for (const { from, to } of run) {
    list.set(bytes.subarray(from, to), at);
    at += to - from + 1;
  }
  [list[0], list[size - 1]] = [OPEN_LIST, CLOSE_LIST];
  return list;
}

/** Yields consecutive people as a list; people of a list stay in place, with temporary brackets. */
function* runDocument(file: SavedFile, { values, isList, label }: {
  values: readonly Value[];
  isList: boolean;
  label: string;
}): Generator<SavedDocument, void> {
  const run = { file, values };
  if (!isList) {
    const bytes = listOf(file.bytes, values);
    yield { label, bytes, run };
    // Frees the memory without waiting for the garbage collector.
    bytes.buffer.transfer(0);
    return;
  }
  const bytes = file.bytes.subarray(values[0]!.from - 1, values.at(-1)!.to + 1);
  const [first, last] = [bytes[0]!, bytes.at(-1)!];
  [bytes[0], bytes[bytes.length - 1]] = [OPEN_LIST, CLOSE_LIST];
  yield { label, bytes, run };
  [bytes[0], bytes[bytes.length - 1]] = [first, last];
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

/** Yields the values that a path selects; single people are joined into lists. */
function* documentsInside(file: SavedFile, inside: string): Generator<SavedDocument, void> {
  const { values, isList } = valuesIn(file.bytes);
  const whole = values.length < 2 || isList && /^\d/.test(inside);
  const bodies = whole ? [{ from: 0, to: file.bytes.length, isPage: true }] : values;
  let people: unknown[] = [];
  let label = file.label;
  for (const [at, value] of bodies.entries()) {
    const own = at === 0 ? file.label : `${file.label}#${at + 1}`;
    const body = parseValue(file, value);
    const found = valueAt(body, inside);
    if (found === undefined) failInside(own, { body, inside });
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

function failInside(label: string, { body, inside }: { body: unknown; inside: string }): never {
  const [path, ...others] = pathsOfPeople(body);
  const fail = failSaved(label);
  if (path === undefined) return fail("results", `nothing at ${inside}, and no people in it`);
  const at = [path, ...others].join(", ");
  return fail("results", `nothing at ${inside}, but people at ${at}`, {
    code: "people_inside",
    path,
  });
}

/** Yields the documents of a file; each is valid until the next is read. */
export function* documentsIn(file: SavedFile): Generator<SavedDocument, void> {
  if (file.inside !== undefined) return yield* documentsInside(file, file.inside);
  const { values, isList } = valuesIn(file.bytes);
  const several = values.length > 1 || isList && values[0]?.isPage;
  if (several) yield* documentsOf(file, { values, isList });
  else yield file;
}
