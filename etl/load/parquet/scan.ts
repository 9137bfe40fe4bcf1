// Wraps hyparquet: decodes columns and footers.
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  type ParquetParsers,
  type ParquetScan,
  parquetScan,
} from "hyparquet";
import { zstdDecompressSync } from "node:zlib";

export type { AsyncBuffer, DecodedArray, FileMetaData, SchemaElement } from "hyparquet";

/** Keeps a leading byte order mark of a text, which the default decoder removes. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: (bytes) => decoder.decode(bytes),
  uuidFromBytes: (bytes) => bytes,
  timestampFromMilliseconds: Number,
  // Other engines write microseconds; whole milliseconds become integers.
  timestampFromMicroseconds: (micros) => Number(micros) / 1000,
};

export function bufferOf(bytes: Uint8Array<ArrayBuffer>): AsyncBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    byteLength,
    slice: (start, end = byteLength) => buffer.slice(byteOffset + start, byteOffset + end),
  };
}

/** Reads ranges of a file, so that a large file does not need to fit in memory. */
export async function rangesOf(path: string): Promise<AsyncBuffer> {
  const { size } = await Deno.stat(path);
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      using file = await Deno.open(path);
      await file.seek(start, Deno.SeekMode.Start);
      const bytes = new Uint8Array(Math.min(end, size) - start);
      for (let at = 0; at < bytes.length;) {
        const read = await file.read(bytes.subarray(at));
        if (read === null) break;
        at += read;
      }
      return bytes.buffer;
    },
  };
}

export async function scanParquet(
  file: AsyncBuffer,
  columns: readonly string[],
): Promise<ParquetScan> {
  return await parquetScan({
    file,
    columns: [...columns],
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
    parsers: PARSERS,
  });
}

export async function footerOf(file: AsyncBuffer): Promise<FileMetaData> {
  return await parquetMetadataAsync(file);
}
