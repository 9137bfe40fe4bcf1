// Reads only files that are as written: compares the size, then the SHA-256 of the bytes it returns.
import { createHash } from "node:crypto";
import type { TableName } from "../../../schema/mod.ts";
import { number, plural } from "../../common/counts.ts";
import { DestinationError } from "../../common/errors.ts";
import { isNowhere, unless } from "../../common/missing.ts";
import type { NextStep } from "../../common/next_step.ts";
import { sha256 } from "../../common/sha256.ts";
import { isSystemFault, systemReason } from "../../common/system_fault.ts";
import type { TableData } from "../../transform/normalise/mod.ts";
import { readParquet } from "../parquet/read.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export class DamagedFileError extends DestinationError {
  /** The fault without the path: `has 3 bytes, the manifest says 7`. */
  readonly what: string;

  constructor(path: string, { what, cause }: { what: string; cause?: unknown }) {
    super(`Cannot use ${path}: it ${what}`, { step: "read", next: wayOut(path), cause });
    this.what = what;
  }
}

function wayOut(path: string): NextStep {
  const [, data = "data", place] =
    /^(.*)\/(tables|\.tables\.next|rejects|\.staging)\//.exec(path) ?? [];
  if (place === ".staging") return { code: "staging_damaged", folder: `${data}/.staging` };
  if (place === "rejects" && /\/failed-[^/]*$/.test(path)) {
    return { code: "failed_rejects_damaged", path };
  }
  return { code: "part_damaged", data };
}

export async function fromDisk<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw isSystemFault(cause) ? unreadable(path, cause) : cause;
  }
}

export function unreadable(path: string, cause: Error): DamagedFileError {
  const gone = cause instanceof Deno.errors.NotFound;
  return new DamagedFileError(path, {
    what: gone ? "is missing" : `cannot be read: ${systemReason(cause)}`,
    cause,
  });
}

export function isMissing(error: unknown): boolean {
  return error instanceof DestinationError && isNowhere(error.cause);
}

export interface Checksum {
  readonly bytes: number;
  readonly sha256: string;
}

/** The checksum of bytes that are given in order. */
export class RunningChecksum {
  readonly #hash = createHash("sha256");
  bytes = 0;

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.bytes += chunk.length;
  }

  finish(): Checksum {
    return { bytes: this.bytes, sha256: this.#hash.digest("hex") };
  }
}

export function checksumOf(bytes: Uint8Array): Checksum {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

export function difference(expected: Checksum, found: Checksum): string | undefined {
  if (found.bytes !== expected.bytes) {
    return `has ${plural(found.bytes, "byte")}, the manifest says ${number(expected.bytes)}`;
  }
  if (found.sha256 === expected.sha256) return undefined;
  return "has another SHA-256 than the manifest says";
}

export function requireSame(path: string, expected: Checksum, found: Checksum): void {
  const what = difference(expected, found);
  if (what !== undefined) throw new DamagedFileError(path, { what });
}

export async function checkSize(path: string, { bytes }: Pick<Checksum, "bytes">): Promise<void> {
  const { size } = await fromDisk(path, () => Deno.stat(path));
  requireSame(path, { bytes, sha256: "" }, { bytes: size, sha256: "" });
}

export async function readIntact(path: string, expected: Checksum): Promise<Bytes> {
  await checkSize(path, expected);
  const bytes = await fromDisk(path, () => Deno.readFile(path));
  requireSame(path, expected, checksumOf(bytes));
  return bytes;
}

const CHUNK = 1 << 18;

export async function* chunksOf(path: string): AsyncGenerator<Bytes, void> {
  using file = await fromDisk(path, () => Deno.open(path, { read: true }));
  for (;;) {
    const chunk = new Uint8Array(CHUNK);
    const read = await fromDisk(path, () => file.read(chunk));
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}

export async function checksumOfFile(path: string): Promise<Checksum> {
  const checksum = new RunningChecksum();
  for await (const chunk of chunksOf(path)) checksum.add(chunk);
  return checksum.finish();
}

export async function checkIntact(path: string, expected: Checksum): Promise<void> {
  await checkSize(path, expected);
  requireSame(path, expected, await checksumOfFile(path));
}

export async function isIntact(path: string, expected: Checksum): Promise<boolean> {
  const checked = checkIntact(path, expected).then(() => true);
  return await unless((error) => error instanceof DamagedFileError, checked) ?? false;
}

/** Yields non-empty lines. Throws a {@link DamagedFileError}, at the latest after the last line. */
export async function* linesIntact(path: string, expected?: Checksum): AsyncGenerator<string> {
  if (expected !== undefined) await checkSize(path, expected);
  const checksum = new RunningChecksum();
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunksOf(path)) {
    checksum.add(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
  if (expected !== undefined) requireSame(path, expected, checksum.finish());
}

export async function readPart(
  path: string,
  { table, part }: { table: TableName; part: Checksum },
): Promise<TableData> {
  return await readParquet(await readIntact(path, part), table);
}

/** Writes JSON with its own SHA-256 as the last key. */
export function sealJson(content: object, space?: number): string {
  const { sha256: _, ...rest } = content as { readonly sha256?: unknown };
  return JSON.stringify({ ...rest, sha256: sha256(JSON.stringify(rest)) }, null, space);
}

/** Returns whether the SHA-256 is right; `undefined` if there is none. */
export function isSealed(value: unknown): boolean | undefined {
  const { sha256: said, ...rest } = (value ?? {}) as { readonly sha256?: unknown };
  return said === undefined ? undefined : said === sha256(JSON.stringify(rest));
}
