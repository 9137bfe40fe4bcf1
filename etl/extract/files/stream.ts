// Reads byte streams of any supported encoding as UTF-8.
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { markOf } from "../../common/byte_order_mark.ts";
import { DamagedFileError, isGzip } from "../text/encoding.ts";

/** Bytes that identify a format. */
const HEAD = 4;

const CHUNK = 1 << 18;

export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** Reads the first bytes of a stream; returns them and the whole stream. */
async function peek(chunks: Chunks): Promise<{ head: Uint8Array; all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array<ArrayBuffer>[] = [];
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

function gunzipped(chunks: Chunks): Chunks {
  // Errors of both streams reach the reader.
  return pipeline(Readable.from(chunks), createGunzip(), () => {});
}

/** Reads text as UTF-8 without byte order mark; throws a `DamagedFileError` for other bytes. */
export async function* utf8Stream(chunks: Chunks, label: string): Chunks {
  try {
    const { head: packed, all } = await peek(chunks);
    const plain = await peek(isGzip(packed) ? gunzipped(all) : all);
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
    const { message } = cause as Error;
    const next = "Save the page again, or leave it out";
    throw new DamagedFileError(`Cannot read ${label}: ${message}`, { step: "source", cause, next });
  }
}

export function fileStream(path: string): Chunks {
  return utf8Stream(createReadStream(path, { highWaterMark: CHUNK }) as unknown as Chunks, path);
}
