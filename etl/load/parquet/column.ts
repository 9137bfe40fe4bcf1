// Encodes Parquet pages without a call for each value: Deno's platforms are little-endian too.
import type { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { Buffer } from "node:buffer";
import { constants, zstdCompressSync } from "node:zlib";
import type { ColumnType, NamedColumn } from "../../../schema/mod.ts";
import {
  type ColumnData,
  type ColumnValues,
  type DistinctTexts,
  type TableData,
  Texts,
} from "../../transform/normalise/mod.ts";

type Page = Uint8Array<ArrayBuffer>;

/** Reused for every page, because the garbage collector would free new memory too late. */
let memory = new ArrayBuffer(0);

function room(bytes: number): ArrayBuffer {
  if (memory.byteLength < bytes) memory = new ArrayBuffer(bytes);
  return memory;
}

function encodeArray(values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Page {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Encodes integers of 64 bits; valid until the next page is encoded. */
export function encodeInt64(values: Float64Array): Page {
  const words = new Int32Array(room(values.length * 8), 0, values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const high = Math.floor(value / 0x1_0000_0000);
    words[row * 2] = value - high * 0x1_0000_0000;
    words[row * 2 + 1] = high;
  }
  return encodeArray(words);
}

/** Encodes one bit-packed run, because zstd compresses repeats; valid until the next page. */
export function encodeIndexes(indexes: Uint32Array, texts: number): Page {
  const width = Math.max(1, 32 - Math.clz32(texts - 1));
  const groups = Math.ceil(indexes.length / 8);
  const page = new Uint8Array(room(6 + groups * width));
  let at = 0;
  page[at++] = width;
  let header = groups << 1 | 1;
  for (; header > 0x7f; header >>>= 7) page[at++] = header & 0x7f | 0x80;
  page[at++] = header;
  const end = at + groups * width;
  let bits = 0;
  let pending = 0;
  for (const index of indexes) {
    pending |= index << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      page[at++] = pending;
      pending >>>= 8;
    }
  }
  if (bits > 0) page[at++] = pending;
  return page.fill(0, at, end).subarray(0, end);
}

interface Bounds<V = number | bigint | Uint8Array> {
  readonly min_value: V;
  readonly max_value: V;
}

interface EncodedColumn {
  readonly dictionary?: { readonly page: Page; readonly count: number };
  readonly page: Page;
  readonly bounds?: Bounds;
}

/** Maximum distinct texts with bounds: with more, bounds rarely let readers skip a row group. */
const MAX_BOUNDED_TEXTS = 256;

const ENCODE: { readonly [T in ColumnType]: (values: ColumnValues[T]) => EncodedColumn } = {
  text: encodeTextColumn,
  // Ids are random, so bounds would include almost every value.
  uuid: (values) => ({ page: encodeArray(values) }),
  integer: (values) => ({ page: encodeArray(values), bounds: numberBounds(values) }),
  // The writer reads a bigint as a decimal's digits, but a number as its value.
  decimal: (values) => ({ page: encodeArray(values), bounds: bigBounds(values) }),
  timestamp: (values) => ({ page: encodeInt64(values), bounds: bigBounds(values) }),
};

/** Encodes the rows in [start, end), at least one. Throws a `RangeError` for a shorter column. */
function encodeColumn(
  type: ColumnType,
  values: ColumnData,
  { start, end }: { start: number; end: number },
): EncodedColumn {
  const width = type === "uuid" ? 16 : 1;
  if (values.length < end * width) {
    throw new RangeError(`Cannot encode rows to ${end}: column has ${values.length / width}`);
  }
  const rows = values instanceof Texts
    ? values.slice(start, end)
    : values.subarray(start * width, end * width);
  return ENCODE[type](rows as never);
}

function encodeTextColumn(values: Texts): EncodedColumn {
  const { dictionary } = values;
  if (dictionary === undefined) return { page: values.spellOut() };
  const { distinct, indexes } = dictionary;
  const { count } = distinct;
  return {
    dictionary: { page: distinct.sized, count },
    page: encodeIndexes(indexes, count),
    ...(count <= MAX_BOUNDED_TEXTS && { bounds: textBounds(distinct) }),
  };
}

/** Compares bytes as Parquet does: the order of UTF-16 units differs beyond U+FFFF. */
function textBounds(texts: DistinctTexts): Bounds {
  const sorted = Array.from({ length: texts.count }, (_, number) => texts.bytes(number)).sort(
    Buffer.compare,
  );
  return { min_value: sorted[0]!, max_value: sorted.at(-1)! };
}

function numberBounds(values: Int32Array | Float64Array): Bounds<number> {
  let min = values[0]!;
  let max = min;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min_value: min, max_value: max };
}

function bigBounds(values: Int32Array | Float64Array): Bounds {
  const { min_value, max_value } = numberBounds(values);
  return { min_value: BigInt(min_value), max_value: BigInt(max_value) };
}

type Header = Omit<
  Parameters<typeof writePageHeader>[1],
  "uncompressed_page_size" | "compressed_page_size"
>;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };

// Compresses into one chunk of the maximum size: zstd then needs no streaming memory and writes the
// size into its frame. A smaller buffer would be in Node's pool, which cannot be freed.
function compress(page: Page): Page {
  const most = page.length + (page.length >> 8) + 64;
  return zstdCompressSync(page, { params: PARAMS, chunkSize: Math.max(Buffer.poolSize, most) });
}

export interface StoredPage {
  readonly header: Header;
  readonly bytes: Page;
  readonly size: number;
}

export interface Chunk {
  readonly column: NamedColumn;
  readonly codec: "ZSTD" | "UNCOMPRESSED";
  readonly pages: readonly StoredPage[];
  readonly bounds: EncodedColumn["bounds"];
}

/** Encodes and compresses rows in [start, end); uncompressed pages share the table's memory. */
export function storeColumn(
  { table, columns }: TableData,
  { column, start, end }: { column: NamedColumn; start: number; end: number },
): Chunk {
  const values = columns[column.name];
  if (values === undefined) throw new TypeError(`Cannot write ${table}: no ${column.name}`);
  const { dictionary, page, bounds } = encodeColumn(column.type, values, { start, end });
  // Random bytes do not compress.
  const codec = column.type === "uuid" ? "UNCOMPRESSED" : "ZSTD";
  const store = (page: Page, header: Header): StoredPage => ({
    header,
    bytes: codec === "ZSTD" ? compress(page) : page,
    size: page.length,
  });
  const data = store(page, {
    type: "DATA_PAGE",
    data_page_header: {
      num_values: end - start,
      encoding: dictionary ? "RLE_DICTIONARY" : "PLAIN",
      // Required columns have no levels, but the format requires the encoding of levels.
      definition_level_encoding: "RLE",
      repetition_level_encoding: "RLE",
    },
  });
  if (dictionary === undefined) return { column, codec, pages: [data], bounds };
  const header = { num_values: dictionary.count, encoding: "PLAIN" } as const;
  const first = store(dictionary.page, {
    type: "DICTIONARY_PAGE",
    dictionary_page_header: header,
  });
  return { column, codec, pages: [first, data], bounds };
}
