// Landed pages: files of one person a line, each line with what is to be known of its page, so that
// a file can be read by itself, by debr or by any SQL engine.
import { API_VERSIONS, type ApiVersion } from "../../../schema/mod.ts";
import { DebrError, SourceError } from "../../common/errors.ts";

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

/** The error of a file that is not as {@link landedName} and its lines say. */
export function broken({ path, from, to }: LandedFile, why: string, cause?: unknown): SourceError {
  return new SourceError(`Cannot use ${path}: ${why}`, {
    step: "source",
    next: { code: "landed_damaged", path, pages: `${from}-${to}` },
    ...(cause !== undefined && { cause }),
  });
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

/** The error of a line that cannot be read, which is counted from 1. */
export function damaged(file: LandedFile, number: number, cause: unknown): unknown {
  if (cause instanceof DebrError || cause instanceof Deno.errors.NotCapable) return cause;
  // A parser quotes the line, which holds a person.
  const reason = cause instanceof SyntaxError ? "it is no JSON" : (cause as Error).message;
  return broken(file, `damaged after line ${number}: ${reason}`, cause);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Reads a line, which is counted from 1. Throws a `SourceError` where it is damaged. */
export function parseLine(
  bytes: Uint8Array,
  { file, number }: { readonly file: LandedFile; readonly number: number },
): LandedLine {
  let line: unknown;
  try {
    line = JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw damaged(file, number, cause);
  }
  if (!isLine(line)) throw broken(file, `line ${number} is none that land writes`);
  return line;
}

/** How all lines of a page begin that `land` writes: what is to be known of the page. */
export function lineStart(
  { run, source, seed, version, page, pages, results }: Omit<LandedLine, "row" | "person">,
): string {
  return JSON.stringify({ run, source, seed, version, page, pages, results }).slice(0, -1) +
    ',"row":';
}
