/**
 * The pages of a row group, encoded and compressed: everything of a file that takes time.
 *
 * @module
 */
import type { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { constants, zstdCompressSync } from "node:zlib";
import { columnsOf, type NamedColumn, TABLES } from "../../schema/mod.ts";
import type { TableData } from "../normalise/columns.ts";
import { encodeColumn, type EncodedColumn } from "./column.ts";
import type { Page } from "./encode.ts";

/** A page's header without its sizes. */
type Header = Omit<
  Parameters<typeof writePageHeader>[1],
  "uncompressed_page_size" | "compressed_page_size"
>;

/** Level 3, the default, takes 1.6 times as long to save 1% on these tables. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A page as it stands in the file, its header aside. */
export interface StoredPage {
  readonly header: Header;
  readonly bytes: Uint8Array;
  /** Its size before compression. */
  readonly size: number;
}

/** The pages of one column. */
export interface Chunk {
  readonly column: NamedColumn;
  readonly codec: "ZSTD" | "UNCOMPRESSED";
  readonly pages: readonly StoredPage[];
  readonly bounds: EncodedColumn["bounds"];
}

/** Encodes and compresses the rows from `start` up to and without `end`. */
export function storeRows(
  { table, columns }: TableData,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Chunk[] {
  return columnsOf(TABLES[table]).map((column) => {
    const values = columns[column.name];
    if (values === undefined) throw new TypeError(`Cannot write ${table}: no ${column.name}`);
    const { dictionary, page, bounds } = encodeColumn(column.type, values, { start, end });
    // Random bytes do not compress.
    const codec = column.type === "uuid" ? "UNCOMPRESSED" : "ZSTD";
    const store = (page: Page, header: Header): StoredPage => ({
      header,
      bytes: codec === "ZSTD" ? zstdCompressSync(page, ZSTD) : page,
      size: page.length,
    });
    const data = store(page, dataHeader(end - start, dictionary !== undefined));
    const pages = dictionary
      ? [store(dictionary.page, dictionaryHeader(dictionary.count)), data]
      : [data];
    return { column, codec, pages, bounds };
  });
}

function dictionaryHeader(num_values: number): Header {
  return { type: "DICTIONARY_PAGE", dictionary_page_header: { num_values, encoding: "PLAIN" } };
}

function dataHeader(num_values: number, indexed: boolean): Header {
  return {
    type: "DATA_PAGE",
    data_page_header: {
      num_values,
      encoding: indexed ? "RLE_DICTIONARY" : "PLAIN",
      // Required columns have no levels, but the format wants their encoding named.
      definition_level_encoding: "RLE",
      repetition_level_encoding: "RLE",
    },
  };
}
