// Reads only files that are as written: compares the size first, then the SHA-256 of the same bytes
// that are used.
import { createHash } from "node:crypto";
import { unless } from "../../common/missing.ts";
import { sha256 } from "../../common/sha256.ts";
import { DamagedFileError, fromDisk } from "./damage.ts";

export interface Checksum {
  readonly bytes: number;
  readonly sha256: string;
}

export function checksumOf(bytes: Uint8Array): Checksum {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** Describes how a file differs; returns `undefined` if it does not. */
export function difference(expected: Checksum, found: Checksum): string | undefined {
  if (found.bytes !== expected.bytes) {
    return `has ${found.bytes} bytes, the manifest says ${expected.bytes}`;
  }
  return found.sha256 === expected.sha256
    ? undefined
    : "has another SHA-256 than the manifest says";
}

export function requireSame(path: string, expected: Checksum, found: Checksum): void {
  const what = difference(expected, found);
  if (what !== undefined) throw new DamagedFileError(path, { what });
}

/** Checks existence and size, without reading the file. */
export async function checkSize(path: string, { bytes }: Pick<Checksum, "bytes">): Promise<void> {
  const { size } = await fromDisk(path, () => Deno.stat(path));
  requireSame(path, { bytes, sha256: "" }, { bytes: size, sha256: "" });
}

/** Reads a file. Throws a {@link DamagedFileError} if it differs. */
export async function readIntact(
  path: string,
  expected: Checksum,
): Promise<Uint8Array<ArrayBuffer>> {
  await checkSize(path, expected);
  const bytes = await fromDisk(path, () => Deno.readFile(path));
  requireSame(path, expected, checksumOf(bytes));
  return bytes;
}

const CHUNK = 1 << 18;

export async function* chunksOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  using file = await fromDisk(path, () => Deno.open(path, { read: true }));
  for (;;) {
    const chunk = new Uint8Array(CHUNK);
    const read = await fromDisk(path, () => file.read(chunk));
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}

export async function checksumOfFile(path: string): Promise<Checksum> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunksOf(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Checks a file. Throws a {@link DamagedFileError} if it differs. */
export async function checkIntact(path: string, expected: Checksum): Promise<void> {
  await checkSize(path, expected);
  requireSame(path, expected, await checksumOfFile(path));
}

export async function isIntact(path: string, expected: Checksum): Promise<boolean> {
  const checked = checkIntact(path, expected).then(() => true);
  return await unless((error) => error instanceof DamagedFileError, checked) ?? false;
}

/** Yields non-empty lines. Throws a {@link DamagedFileError}, at the latest after the last line. */
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
