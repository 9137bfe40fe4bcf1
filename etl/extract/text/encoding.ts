// Converts files to UTF-8: gzip or plain, UTF-8 or UTF-16 with a byte order mark, by their first
// bytes.
import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { markOf } from "../../common/byte_order_mark.ts";
import { SourceError } from "../../common/errors.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Other formats, by their first bytes, with the command that unpacks them. */
const OTHERS: readonly (readonly [string, string, readonly number[]])[] = [
  ["it is a zip archive", "Unpack it: unzip", [0x50, 0x4b, 0x03, 0x04]],
  ["it is compressed by zstd", "Unpack it: zstd -d", [0x28, 0xb5, 0x2f, 0xfd]],
  ["it is compressed by bzip2", "Unpack it: bunzip2", [0x42, 0x5a, 0x68]],
  ["it is compressed by xz", "Unpack it: xz -d", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["it is a Parquet file", "Save the pages that the API answered", [0x50, 0x41, 0x52, 0x31]],
];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function otherFormat(bytes: Uint8Array) {
  return OTHERS.find(([, , start]) => startsWith(bytes, start));
}

export function isGzip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x1f, 0x8b]);
}

/** The error of a file that is not text: cut off, damaged, or in another encoding. */
export class DamagedFileError extends SourceError {}

/** Converts text to UTF-8 without byte order mark; throws a `DamagedFileError` for other bytes. */
export function toUtf8(bytes: Bytes, path: string): Bytes {
  try {
    const plain = isGzip(bytes) ? new Uint8Array(gunzipSync(bytes)) : bytes;
    const { encoding, length } = markOf(plain);
    if (encoding === "utf-8") return length === 0 ? plain : plain.subarray(length);
    const text = new TextDecoder(encoding, { fatal: true }).decode(plain);
    return new TextEncoder().encode(text);
  } catch (cause) {
    const { message } = cause as Error;
    const next = "Save the page again, or leave it out";
    throw new DamagedFileError(`Cannot read ${path}: ${message}`, { step: "source", cause, next });
  }
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

/** The likely format of bytes that are not UTF-8, and the next step. */
function lookAlike(bytes: Uint8Array, path: string): readonly [string, string] {
  const other = otherFormat(bytes);
  if (other !== undefined) return [other[0], `${other[1]} ${path}`];
  const convert = (from: string) => `Convert it: iconv -f ${from} -t UTF-8 ${path} > utf-8.json`;
  const [zeros, odd] = [bytes.indexOf(0), bytes.subarray(0, 4)];
  if (zeros !== -1 && zeros < 4) {
    const name = `UTF-${odd[0] === 0 && odd[1] === 0 || odd[2] === 0 && odd[1] === 0 ? 32 : 16}` +
      (odd[0] === 0 ? "BE" : "LE");
    return [`it looks like ${name}, without a byte order mark`, convert(name)];
  }
  const good = bytes.subarray(0, validUntil(bytes));
  if (good.some((byte) => byte >= 0x80)) {
    const line = good.reduce((lines, byte) => lines + Number(byte === 0x0a), 1);
    return [`a damaged character in line ${line}`, "Save the page again, or leave it out"];
  }
  return ["it looks like Windows-1252 or Latin-1", convert("WINDOWS-1252")];
}

/** Decodes UTF-8; throws a `DamagedFileError` that names the likely format of other bytes. */
export function decodeSaved(bytes: Uint8Array, path: string): string {
  const isOther = bytes[0] === 0 || bytes[1] === 0 || otherFormat(bytes) !== undefined;
  // The parser reports a cut-off last character, since the text ends too early there.
  const isText = !isOther && (isUtf8(bytes) || validUntil(bytes) === bytes.length);
  if (isText) return new TextDecoder().decode(bytes);
  const [what, next] = lookAlike(bytes, path);
  throw new DamagedFileError(`Cannot read ${path}: not JSON in UTF-8: ${what}`, {
    step: "source",
    next,
  });
}
