// Lines that start like the first of their page are not parsed: the scanner reads their people.
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { peopleCount } from "../../common/counts.ts";
import { keptPath } from "../../common/path.ts";
import { ByteBuffer, encodeUtf8, hasAt } from "../../common/utf8.ts";
import type { OpenOptions } from "../pages/saved_page.ts";
import {
  broken,
  damaged,
  type LandedFile,
  type LandedLine,
  lineMiddle,
  lineStart,
  type PageOfLine,
  parseLine,
} from "./landed.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface LandedPage extends PageOfLine {
  readonly label: string;
  /** Its lines; valid until the next page. */
  readonly bytes: Uint8Array;
  readonly first: unknown;
  /** The people, parsed or scanned; can be read once, before the next page. */
  readonly people: Iterable<unknown>;
}

const CHUNK = 1 << 18;

const [NEWLINE, ZERO, NINE, CLOSE] = encodeUtf8("\n09}");

function openBytes(path: string): AsyncIterable<Uint8Array> {
  const bytes = createReadStream(path, { highWaterMark: CHUNK });
  // Errors of both streams reach the reader.
  return path.endsWith(".gz")
    ? pipeline(bytes, createGunzip({ chunkSize: CHUNK }), () => {})
    : bytes;
}

/** The offset of the person in a line, after row and verdict; -1 if invalid or not plain. */
function personAt(
  bytes: Bytes,
  { at, row, middle }: { at: number; readonly row: number; readonly middle: Bytes },
): number {
  let found = 0;
  for (let byte; (byte = bytes[at]!) >= ZERO! && byte <= NINE!; at++) {
    found = found * 10 + byte - ZERO!;
  }
  return found === row && hasAt(bytes, at, middle) ? at + middle.length : -1;
}

interface CutPage {
  readonly of: LandedLine;
  readonly start: Bytes;
  isPlain: boolean;
  readonly number: number;
}

/** Cuts a file into pages, in a buffer slightly larger than one page. */
class PageCutter {
  readonly #file: LandedFile;
  readonly #lines: ByteBuffer;
  #page: CutPage | undefined;
  #size = 0;
  number = 0;

  constructor(file: LandedFile, lines: ByteBuffer) {
    this.#file = file;
    this.#lines = lines;
    lines.clear();
  }

  #begin(of: LandedLine): CutPage {
    const { run, page } = this.#page?.of ?? { run: of.run, page: this.#file.from - 1 };
    if (of.page !== page + 1) throw broken(this.#file, `page ${page + 1} is not at its position`);
    if (of.run !== run) throw broken(this.#file, "it has pages of two requests");
    return { of, start: encodeUtf8(lineStart(of)), isPlain: true, number: this.number };
  }

  /** Yields the pages that end in the chunk. */
  *take(chunk: Uint8Array): Generator<CutPage & { readonly bytes: Bytes }, void> {
    this.#lines.bytes(chunk);
    const bytes = this.#lines.written;
    let [start, at] = [0, this.#size];
    for (let end; (end = bytes.indexOf(NEWLINE!, at)) !== -1; at = end + 1) {
      this.number++;
      if (this.#page && hasAt(bytes, at, this.#page.start)) continue;
      const line = parseLine(bytes.subarray(at, end), { file: this.#file, number: this.number });
      if (line.page === this.#page?.of.page) {
        this.#page.isPlain = false;
        continue;
      }
      const ended = this.#page;
      this.#page = this.#begin(line);
      if (ended) yield { ...ended, bytes: bytes.subarray(start, at) };
      start = at;
    }
    this.#lines.drop(start);
    this.#size = at - start;
  }

  /** Returns the last page; throws if the file is cut off or lacks pages. */
  end(): CutPage & { readonly bytes: Bytes } {
    if (this.#size < this.#lines.size) throw new TypeError("its last line is cut off");
    const next = (this.#page?.of.page ?? this.#file.from - 1) + 1;
    if (this.#page === undefined || next !== this.#file.to + 1) {
      throw broken(this.#file, `page ${next} is not in it`);
    }
    return { ...this.#page, bytes: this.#lines.written };
  }
}

function* peopleOf(
  { of, start, isPlain, number, bytes }: CutPage & { bytes: Bytes },
  { file, scanner }: OpenOptions & { readonly file: LandedFile },
): Generator<unknown, void> {
  const { page, version, results } = of;
  const middle = encodeUtf8(lineMiddle(of));
  const reader = isPlain ? scanner?.(bytes, version) : undefined;
  let row = 0;
  for (let at = 0; at < bytes.length && results > 0; row++) {
    const from = reader ? personAt(bytes, { at: at + start.length, row, middle }) : -1;
    const end = from === -1 ? -1 : reader!.read(from);
    if (end !== -1 && bytes[end] === CLOSE && bytes[end + 1] === NEWLINE) {
      at = end + 2;
      yield reader!.person;
      continue;
    }
    const next = bytes.indexOf(NEWLINE!, at);
    const line = parseLine(bytes.subarray(at, next), { file, number: number + row });
    if (line.row !== row) throw broken(file, `page ${page} lacks row ${line.row - 1}`);
    if (from !== -1) reader!.learn(from);
    at = next + 1;
    yield line.person;
  }
  if (row !== results) throw broken(file, `page ${page} has ${row} of ${peopleCount(results)}`);
}

export async function peekLanded(file: LandedFile): Promise<LandedLine> {
  const lines = new ByteBuffer();
  try {
    for await (const chunk of openBytes(file.path)) {
      lines.bytes(chunk);
      const end = lines.written.indexOf(NEWLINE!);
      if (end !== -1) return parseLine(lines.written.subarray(0, end), { file, number: 1 });
    }
  } catch (cause) {
    throw damaged(file, 0, cause);
  }
  throw broken(file, lines.size === 0 ? "it is empty" : "its last line is cut off");
}

async function* cutPages(
  file: LandedFile,
  lines: ByteBuffer,
): AsyncGenerator<CutPage & { readonly bytes: Bytes }, void> {
  const cutter = new PageCutter(file, lines);
  try {
    for await (const chunk of openBytes(file.path)) yield* cutter.take(chunk);
    yield cutter.end();
  } catch (cause) {
    throw damaged(file, cutter.number, cause);
  }
}

/** Reads the pages of a file; throws a `SourceError` if pages or people do not match its facts. */
export async function* readLanded(
  file: LandedFile,
  { scanner, lines = new ByteBuffer() }: OpenOptions & { readonly lines?: ByteBuffer | undefined } =
    {},
): AsyncGenerator<LandedPage, void> {
  for await (const page of cutPages(file, lines)) {
    const { person: first, ...of } = page.of;
    const label = `${keptPath(file.path)}#${of.page}`;
    yield { ...of, label, first, bytes: page.bytes, people: peopleOf(page, { file, scanner }) };
  }
}
