/**
 * Landed pages: files of one person a line, each line with what is to be known of its page, so that
 * a file can be read by itself, by debr or by any SQL engine.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { API_VERSIONS, type ApiVersion } from "../../../schema/mod.ts";
import { DebrError, SourceError } from "../../common/errors.ts";
import { keptPath } from "../../common/path.ts";

/** What kind of source landed pages came from. */
export type LandedFrom = "api" | "synthetic" | "saved";

/** One line: a person, and the page the person is on. */
export interface LandedLine {
  /** Names the request that all pages of a folder are of: 16 hexadecimal digits. */
  readonly run: string;
  readonly source: LandedFrom;
  /** Seed of the page, where it says so. */
  readonly seed: string | null;
  readonly version: ApiVersion;
  /** Number of the page in the request, from 1, and how many pages the request has. */
  readonly page: number;
  readonly pages: number;
  /** Position on the page, from 0, and how many people the page has. */
  readonly row: number;
  readonly results: number;
  /** The person without secrets, valid or not. A page of nobody is a line without it. */
  readonly person?: unknown;
}

/** A page of a landed file. */
interface LandedPage extends Omit<LandedLine, "row" | "person"> {
  /** Path of the file and number of the page. */
  readonly label: string;
  readonly people: readonly unknown[];
}

/** A landed file: consecutive pages. */
export interface LandedFile {
  readonly path: string;
  /** Its first and last page, from 1. */
  readonly from: number;
  readonly to: number;
}

const NAME = /(?:^|\/)pages-(\d{6,})-(\d{6,})\.ndjson(?:\.gz)?$/;

/** Name of the file that holds some pages. */
export function landedName({ from, to }: Pick<LandedFile, "from" | "to">): string {
  const [first, last] = [from, to].map((page) => String(page).padStart(6, "0"));
  return `pages-${first}-${last}.ndjson.gz`;
}

/** What the name of a file says; `undefined` where it is none of a landed file. */
export function landedFile(path: string): LandedFile | undefined {
  const [, from, to] = NAME.exec(path) ?? [];
  return from === undefined ? undefined : { path, from: Number(from), to: Number(to) };
}

/** How the page of a landed file is called. */
function landedLabel(path: string, page: number): string {
  return `${keptPath(path)}#${page}`;
}

function broken({ path, from, to }: LandedFile, why: string, cause?: unknown): SourceError {
  return new SourceError(`Cannot use ${path}: ${why}`, {
    step: "source",
    next: { code: "landed_damaged", path, pages: `${from}-${to}` },
    ...(cause !== undefined && { cause }),
  });
}

async function* textLines(path: string): AsyncGenerator<string, void> {
  const bytes = createReadStream(path, { highWaterMark: 1 << 18 });
  // The callback does nothing: the stream that is read throws what went wrong in either.
  const plain = path.endsWith(".gz") ? pipeline(bytes, createGunzip(), () => {}) : bytes;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of plain) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") throw new TypeError("its last line is cut off");
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isLine(value: unknown): value is LandedLine {
  const line = value as Partial<Record<keyof LandedLine, unknown>> | null;
  return typeof line?.run === "string" && API_VERSIONS.includes(line.version as ApiVersion) &&
    (line.seed === null || typeof line.seed === "string") && typeof line.source === "string" &&
    isCount(line.page, 1) && isCount(line.pages, 1) && isCount(line.row, 0) &&
    isCount(line.results, 0);
}

/** The lines of a file. Throws a `SourceError` that names it where it is damaged. */
async function* readLines(file: LandedFile): AsyncGenerator<LandedLine, void> {
  let number = 0;
  try {
    for await (const text of textLines(file.path)) {
      number++;
      const line: unknown = JSON.parse(text);
      if (!isLine(line)) throw broken(file, `line ${number} is none that land writes`);
      yield line;
    }
  } catch (cause) {
    if (cause instanceof DebrError || cause instanceof Deno.errors.NotCapable) throw cause;
    // A parser quotes the line, which holds a person.
    const reason = cause instanceof SyntaxError ? "it is no JSON" : (cause as Error).message;
    throw broken(file, `damaged after line ${number}: ${reason}`, cause);
  }
}

/** The first line of a file. Throws a `SourceError` where there is none. */
export async function peekLanded(file: LandedFile): Promise<LandedLine> {
  for await (const line of readLines(file)) return line;
  throw broken(file, "it is empty");
}

/**
 * The pages of a file, one after the other. Throws a `SourceError` where the file is damaged, or has
 * other pages or other numbers of people than it says.
 */
export async function* readLanded(file: LandedFile): AsyncGenerator<LandedPage, void> {
  let page: LandedPage & { people: unknown[] } | undefined;
  let next = file.from;
  let run: string | undefined;
  const end = () => {
    if (page !== undefined && page.people.length !== page.results) {
      throw broken(file, `page ${page.page} has ${page.people.length} of ${page.results} people`);
    }
  };
  for await (const { row, person, ...of } of readLines(file)) {
    if (page === undefined || of.page !== page.page) {
      end();
      if (page !== undefined) yield page;
      if (of.page !== next++) throw broken(file, `page ${next - 1} is not in its place`);
      if (run !== undefined && of.run !== run) throw broken(file, "it has pages of two requests");
      run = of.run;
      page = { ...of, label: landedLabel(file.path, of.page), people: [] };
    }
    if (of.results === 0) continue;
    if (row !== page.people.length) throw broken(file, `page ${page.page} lacks row ${row - 1}`);
    page.people.push(person);
  }
  end();
  if (page === undefined || next !== file.to + 1) throw broken(file, `page ${next} is not in it`);
  yield page;
}
