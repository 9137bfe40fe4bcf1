// Reads files as they were written or not at all: the size is compared first, then the SHA-256 of
// the very bytes that are used.
import { createHash } from "node:crypto";
import { sha256 } from "../../common/sha256.ts";
import { DamagedFileError, fromDisk } from "./damage.ts";

/** Size and SHA-256 of a file. */
export interface Checksum {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The checksum of bytes. */
export function checksumOf(bytes: Uint8Array): Checksum {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** How a file differs from what it was; `undefined` where it does not. */
export function difference(expected: Checksum, found: Checksum): string | undefined {
  if (found.bytes !== expected.bytes) {
    return `has ${found.bytes} bytes, the manifest says ${expected.bytes}`;
  }
  return found.sha256 === expected.sha256
    ? undefined
    : "has another SHA-256 than the manifest says";
}

/** Throws a {@link DamagedFileError} where a file is not what it was. */
export function requireSame(path: string, expected: Checksum, found: Checksum): void {
  const what = difference(expected, found);
  if (what !== undefined) throw new DamagedFileError(path, { what });
}

/** Checks that a file is there with its size: the check that costs nothing. */
export async function checkSize(path: string, { bytes }: Pick<Checksum, "bytes">): Promise<void> {
  const { size } = await fromDisk(path, () => Deno.stat(path));
  requireSame(path, { bytes, sha256: "" }, { bytes: size, sha256: "" });
}

/** The bytes of a file, when they are those that were written. Throws a {@link DamagedFileError}. */
export async function readIntact(
  path: string,
  expected: Checksum,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkSize(path, expected);
  const bytes = await fromDisk(path, () => Deno.readFile(path));
  requireSame(path, expected, checksumOf(bytes));
  return bytes;
}

/** Bytes read from a file at once. */
const CHUNK = 1 << 18;

/** The bytes of a file, piece by piece. */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  using file = await fromDisk(path, () => Deno.open(path, { read: true }));
  for (;;) {
    const chunk = new Uint8Array(CHUNK);
    const read = await fromDisk(path, () => file.read(chunk));
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}

/** The checksum of a file, however large it is. */
export async function checksumOfFile(path: string): Promise<Checksum> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunksOf(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Checks a file of any size that is used as it is. Throws a {@link DamagedFileError}. */
export async function checkIntact(path: string, expected: Checksum): Promise<void> {
  await checkSize(path, expected);
  requireSame(path, expected, await checksumOfFile(path));
}

/** Whether a file is there as it was written. */
export async function isIntact(path: string, expected: Checksum): Promise<boolean> {
  try {
    await checkIntact(path, expected);
    return true;
  } catch (error) {
    if (error instanceof DamagedFileError) return false;
    throw error;
  }
}

/**
 * The lines of a text file that are not empty, however large it is. Throws a
 * {@link DamagedFileError}, at the latest after the last line, where it is not as `expected`.
 */
export async function* linesIntact(
  path: string,
  expected?: Checksum,
): AsyncGenerator<string, void> {
  if (expected !== undefined) await checkSize(path, expected);
  const hash = createHash("sha256");
  const decoder = new TextDecoder();
  let bytes = 0;
  let rest = "";
  for await (const chunk of chunksOf(path)) {
    hash.update(chunk);
    bytes += chunk.length;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
  if (expected !== undefined) requireSame(path, expected, { bytes, sha256: hash.digest("hex") });
}
