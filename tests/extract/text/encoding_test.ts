import { assertEquals, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { utf16 } from "../../utf16.ts";
import {
  DamagedFileError,
  decodeSaved,
  toUtf8,
  utf8Stream,
} from "../../../etl/extract/text/encoding.ts";

const TEXT = '{"city":"Orl\u00e9ans"}';

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Encodes text in UTF-32, which Python's `encode("utf-32")` marks. */
function utf32(text: string, { bigEndian = false }: { bigEndian?: boolean } = {}) {
  const bytes = new DataView(new ArrayBuffer(4 * text.length));
  [...text].forEach((char, at) => bytes.setUint32(4 * at, char.codePointAt(0)!, !bigEndian));
  return new Uint8Array(bytes.buffer);
}

const BYTES: Readonly<Record<string, readonly [bytes: Uint8Array<ArrayBuffer>, says: string]>> = {
  "Latin-1": [latin1(TEXT), "looks like Windows-1252 or Latin-1"],
  "Latin-1 with a letter that begins no character": [
    latin1('{"city":"K\u00f6ln"}'),
    "looks like Windows-1252 or Latin-1",
  ],
  "UTF-8 with one damaged character": [
    latin1(`{"city":"Orl\u00c3\u00a9ans"}\n${TEXT}`),
    "a damaged character in line 2",
  ],
  "UTF-16 without a mark": [
    utf16(TEXT, { bigEndian: false }).subarray(2),
    "looks like UTF-16LE, without a byte",
  ],
  "UTF-16 that ends in half a character": [
    utf16(TEXT, { bigEndian: false }).subarray(0, -1),
    "The encoded data is not valid",
  ],
  "marked UTF-32": [utf32(`\ufeff${TEXT}`), "looks like UTF-32LE"],
  "big-endian UTF-32": [utf32(`\ufeff${TEXT}`, { bigEndian: true }), "looks like UTF-32BE"],
  "UTF-32 without a mark": [utf32(TEXT), "looks like UTF-32LE"],
  "a file of zeros": [new Uint8Array(5000), "it is not text"],
  "an image": [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), "it is not text"],
  "text that was compressed twice": [
    new Uint8Array(gzipSync(gzipSync(TEXT))),
    "it is not text",
  ],
};

for (const [name, [bytes, says]] of Object.entries(BYTES)) {
  Deno.test(`an error says what the bytes look like: ${name}`, () => {
    const read = () => decodeSaved(toUtf8(bytes, "page.json"), "page.json");
    assertThrows(read, DamagedFileError, says);
  });
}

const STREAMS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "UTF-8 with a mark": new TextEncoder().encode(`\ufeff${TEXT}`),
  "UTF-16": utf16(TEXT, { bigEndian: true }),
  "compressed UTF-16": new Uint8Array(gzipSync(utf16(TEXT, { bigEndian: false }))),
};

for (const [name, bytes] of Object.entries(STREAMS)) {
  Deno.test(`a stream in pieces of one byte becomes UTF-8 like a file: ${name}`, async () => {
    const pieces = async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    };
    const read = await Array.fromAsync(utf8Stream(pieces(), "stdin"));
    assertEquals(new Uint8Array(read.flatMap((chunk) => [...chunk])), toUtf8(bytes, "page.json"));
    assertEquals(decodeSaved(toUtf8(bytes, "page.json"), "page.json"), TEXT);
  });
}

const NAMES: Readonly<Record<string, string>> = {
  "page.json": "iconv -f UTF-16LE -t UTF-8 page.json > utf-8.json",
  "my page.json#2": 'iconv -f UTF-16LE -t UTF-8 "my page.json" > utf-8.json',
  "stdin#3": "iconv -f UTF-16LE -t UTF-8",
};

for (const [name, command] of Object.entries(NAMES)) {
  Deno.test(`the command that converts a file names it: ${name}`, () => {
    const { next } = assertThrows(
      () => decodeSaved(utf16(TEXT, { bigEndian: false }).subarray(2), name),
      DamagedFileError,
    );
    assertEquals(next, `Convert it: ${command}`);
  });
}
