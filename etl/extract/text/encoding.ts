// Converts files to UTF-8 by their first bytes: gzip or plain, UTF-8 or marked UTF-16.
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import { markOf } from "../../common/byte_order_mark.ts";
import { SourceError } from "../../common/errors.ts";
import { SAVE_AGAIN } from "./json_fault.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type Chunks = AsyncIterable<Bytes>;

const HEAD = 4;

const CHUNK = 1 << 18;

const OTHERS: readonly (readonly [string, string, readonly number[]])[] = [
  ["it is a zip archive", "Unpack it: unzip", [0x50, 0x4b, 0x03, 0x04]],
  ["it is compressed by zstd", "Unpack it: zstd -d", [0x28, 0xb5, 0x2f, 0xfd]],
  ["it is compressed by bzip2", "Unpack it: bunzip2", [0x42, 0x5a, 0x68]],
  ["it is compressed by xz", "Unpack it: xz -d", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["it is a Parquet file", "Save the pages that the API answered", [0x50, 0x41, 0x52, 0x31]],
];

function otherFormat(bytes: Uint8Array) {
  return OTHERS.find(([, , start]) => start.every((byte, at) => bytes[at] === byte));
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The error of a file that is not text: cut off, damaged, or in another encoding. */
export class DamagedFileError extends SourceError {}

function damaged(
  path: string,
  { what, next = SAVE_AGAIN, cause }: { what: string; next?: string; cause?: unknown },
): DamagedFileError {
  return new DamagedFileError(`Cannot read ${path}: ${what}`, { step: "source", next, cause });
}

/** Converts text to UTF-8 without byte order mark; throws a `DamagedFileError` for other bytes. */
export function toUtf8(bytes: Bytes, path: string): Bytes {
  try {
    const plain = isGzip(bytes) ? new Uint8Array(gunzipSync(bytes)) : bytes;
    const { encoding, length } = markOf(plain);
    if (encoding === "utf-8") return length === 0 ? plain : plain.subarray(length);
    const text = new TextDecoder(encoding, { fatal: true }).decode(plain);
    return new TextEncoder().encode(text);
  } catch (cause) {
    throw damaged(path, { what: (cause as Error).message, cause });
  }
}

async function peek(chunks: Chunks): Promise<{ head: Uint8Array; all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Bytes[] = [];
  let head = new Uint8Array(0);
  for (let next; head.length < HEAD && !(next = await iterator.next()).done;) {
    first.push(next.value);
    head = new Uint8Array([...head, ...next.value.subarray(0, HEAD)]);
  }
  const all = async function* () {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { head, all: all() };
}

/** Converts a stream as {@link toUtf8} converts bytes. */
export async function* utf8Stream(chunks: Chunks, label: string): Chunks {
  try {
    const { head: packed, all } = await peek(chunks);
    // `pipeline` hands the errors of both streams to the reader.
    const plain = await peek(
      isGzip(packed) ? pipeline(Readable.from(all), createGunzip(), () => {}) : all,
    );
    const { encoding, length } = markOf(plain.head);
    if (encoding === "utf-8" && length === 0) return yield* plain.all;
    const [decoder, encoder] = [new TextDecoder(encoding, { fatal: true }), new TextEncoder()];
    for await (const chunk of plain.all) {
      yield encoder.encode(decoder.decode(chunk, { stream: true }));
    }
    yield encoder.encode(decoder.decode());
  } catch (cause) {
    const isCode = /^(Z_|ERR_)/.test(String((cause as { code?: unknown }).code));
    if (!(cause instanceof TypeError) && !isCode) throw cause;
    throw damaged(label, { what: (cause as Error).message, cause });
  }
}

export function fileStream(path: string): Chunks {
  return utf8Stream(createReadStream(path, { highWaterMark: CHUNK }) as unknown as Chunks, path);
}

/** Offset of the first byte that is not UTF-8, or the length. */
function validUntil(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length];
  const whole = (end: number) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (whole(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Encodings by which of the first four bytes are zero. */
const WIDE: Readonly<Record<string, string>> = {
  "000x": "UTF-32BE",
  "00xx": "UTF-32BE",
  "x000": "UTF-32LE",
  "xx00": "UTF-32LE",
  "0x0x": "UTF-16BE",
  "x0x0": "UTF-16LE",
};

/** Returns the file of a label as words of a command. */
function operands(label: string): string[] {
  const path = label.replace(/#\d+$/, "");
  if (path === "stdin") return [];
  return [/^[\w./:-]+$/.test(path) ? path : `"${path}"`];
}

function lookAlike(bytes: Uint8Array, label: string): readonly [string, string] {
  const file = operands(label);
  const other = otherFormat(bytes);
  if (other !== undefined) return [other[0], [other[1], ...file].join(" ")];
  const convert = (from: string) =>
    [`Convert it: iconv -f ${from} -t UTF-8`, ...file.flatMap((path) => [path, "> utf-8.json"])]
      .join(" ");
  const wide = WIDE[Array.from(bytes.subarray(0, 4), (byte) => byte === 0 ? "0" : "x").join("")];
  if (wide !== undefined) {
    const unmarked = wide.startsWith("UTF-16") ? ", without a byte order mark" : "";
    return [`it looks like ${wide}${unmarked}`, convert(wide)];
  }
  // deno-lint-ignore no-control-regex
  if (/[\0-\x08\x0e-\x1f]/.test(new TextDecoder().decode(bytes.subarray(0, 1000)))) {
    return ["it is not text", SAVE_AGAIN];
  }
  const end = validUntil(bytes);
  // An accented letter of Latin-1 may begin a character of UTF-8, which counts as valid so far.
  const good = bytes.subarray(0, bytes.subarray(0, end).findLastIndex((byte) => byte < 0x80) + 1);
  if (good.some((byte) => byte >= 0x80)) {
    const line = good.reduce((lines, byte) => lines + Number(byte === 0x0a), 1);
    return [`a damaged character in line ${line}`, SAVE_AGAIN];
  }
  return ["it looks like Windows-1252 or Latin-1", convert("WINDOWS-1252")];
}

/** Decodes UTF-8; throws a `DamagedFileError` that names the likely format of other bytes. */
export function decodeSaved(bytes: Uint8Array, path: string): string {
  const isOther = bytes[0] === 0 || bytes[1] === 0 || otherFormat(bytes) !== undefined;
  // The parser reports a cut-off last character, since the text ends too early there.
  const isText = !isOther && (isUtf8(bytes) || validUntil(bytes) === bytes.length);
  if (isText) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const [what, next] = lookAlike(bytes, path);
  throw damaged(path, { what: `not JSON in UTF-8: ${what}`, next });
}
