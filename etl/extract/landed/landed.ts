import { API_VERSIONS, type ApiVersion } from "../../../schema/mod.ts";
import { DebrError, SourceError } from "../../common/errors.ts";

export type LandedFrom = "api" | "synthetic" | "saved";

export interface LandedLine {
  /** Identifies the request of all pages in a folder: 16 hexadecimal digits. */
  readonly run: string;
  readonly source: LandedFrom;
  readonly seed: string | null;
  readonly version: ApiVersion;
  /** The version of the rules; missing in older files without verdicts. */
  readonly schema?: string | undefined;
  /** Number of the page, from 1, and of all pages of the request. */
  readonly page: number;
  readonly pages: number;
  /** Position on the page, from 0, and number of people on it. */
  readonly row: number;
  readonly results: number;
  /** Whether the person is valid; otherwise path and name of the first failed rule. */
  readonly valid?: boolean;
  readonly path?: string;
  readonly rule?: string;
  /** The redacted person, valid or not; missing in the only line of an empty page. */
  readonly person?: unknown;
}

export type PageOfLine = Omit<LandedLine, "row" | "valid" | "path" | "rule" | "person">;

export interface LandedFile {
  readonly path: string;
  /** The first and last page, inclusive, from 1. */
  readonly from: number;
  readonly to: number;
}

const NAME = /(?:^|\/)pages-(\d{6,})-(\d{6,})\.ndjson(?:\.gz)?$/;

export function landedName({ from, to }: Pick<LandedFile, "from" | "to">): string {
  const [first, last] = [from, to].map((page) => String(page).padStart(6, "0"));
  return `pages-${first}-${last}.ndjson.gz`;
}

export function landedFile(path: string): LandedFile | undefined {
  const [, from, to] = NAME.exec(path) ?? [];
  return from === undefined ? undefined : { path, from: Number(from), to: Number(to) };
}

export function broken({ path, from, to }: LandedFile, why: string, cause?: unknown): SourceError {
  return new SourceError(`Cannot use ${path}: ${why}`, {
    step: "source",
    next: { code: "landed_damaged", path, pages: `${from}-${to}` },
    cause,
  });
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isLine(value: unknown): value is LandedLine {
  const line = value as Partial<Record<keyof LandedLine, unknown>> | null;
  return typeof line?.run === "string" && API_VERSIONS.includes(line.version as ApiVersion) &&
    (line.seed === null || typeof line.seed === "string") && typeof line.source === "string" &&
    (line.schema === undefined || typeof line.schema === "string") &&
    isCount(line.page, 1) && isCount(line.pages, 1) && isCount(line.row, 0) &&
    isCount(line.results, 0);
}

export function damaged(file: LandedFile, number: number, cause: unknown): unknown {
  if (cause instanceof DebrError || cause instanceof Deno.errors.NotCapable) return cause;
  // The message of a parser quotes the line, which contains a person.
  const reason = cause instanceof SyntaxError ? "it is not JSON" : (cause as Error).message;
  return broken(file, `damaged after line ${number}: ${reason}`, cause);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Reads a line, counted from 1; throws a `SourceError` if it is damaged. */
export function parseLine(
  bytes: Uint8Array,
  { file, number }: { file: LandedFile; number: number },
): LandedLine {
  let line: unknown;
  try {
    line = JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw damaged(file, number, cause);
  }
  if (!isLine(line)) throw broken(file, `line ${number} is not a line that land writes`);
  return line;
}

export function lineStart(
  { run, source, seed, version, schema, page, pages, results }: PageOfLine,
): string {
  const start = JSON.stringify({ run, source, seed, version, schema, page, pages, results });
  return `${start.slice(0, -1)},"row":`;
}

/** The part of a line between the position of a person and the person: the verdict. */
export function lineMiddle(
  { schema }: Pick<LandedLine, "schema">,
  failed?: { readonly path: string; readonly rule: string },
): string {
  if (schema === undefined) return ',"person":';
  if (failed === undefined) return ',"valid":true,"person":';
  const [path, rule] = [failed.path, failed.rule].map((text) => JSON.stringify(text));
  return `,"valid":false,"path":${path},"rule":${rule},"person":`;
}
