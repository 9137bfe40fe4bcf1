/**
 * The sorted ids of a part, in a file beside it: 257 offsets by first byte, then 16 bytes an id. So
 * people who are in two parts are found bucket by bucket, in memory that does not grow with them.
 *
 * @module
 */

const ID = 16;
const HEADER = 257 * 4;
/** First bytes that make one bucket: 64 buckets, some 160,000 ids each at ten million people. */
const STEP = 4;

/** The file of sorted ids: `ids` holds 16 bytes each, ascending. */
export function encodeIds(ids: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER + ids.length);
  const header = new DataView(file.buffer);
  file.set(ids, HEADER);
  let at = 0;
  for (let first = 0; first <= 256; first++) {
    while (at < ids.length && (ids[at] ?? 0) < first) at += ID;
    header.setUint32(first * 4, at / ID, true);
  }
  return file;
}

/** The ids in such a file, 16 bytes each. */
export function decodeIds(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return file.subarray(HEADER);
}

function readAt(file: Deno.FsFile, { at, length }: { at: number; length: number }): Uint8Array {
  const bytes = new Uint8Array(length);
  file.seekSync(at, Deno.SeekMode.Start);
  for (let read = 0; read < length;) {
    const count = file.readSync(bytes.subarray(read));
    if (count === null) throw new RangeError(`Cannot read ids: the file ends after ${at + read}`);
    read += count;
  }
  return bytes;
}

function key(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + ID));
}

/** A person's id as the 16 characters that stand for its bytes. */
export function idKey(bytes: Uint8Array, row: number): string {
  return key(bytes, row * ID);
}

/**
 * Finds people who are in more than one of the files of sorted ids.
 *
 * @returns for each position in `paths`, the ids ({@link idKey}) that an earlier one holds already.
 */
export function findRepeated(paths: readonly string[]): Map<number, Set<string>> {
  const repeated = new Map<number, Set<string>>();
  const files = paths.map((path) => Deno.openSync(path, { read: true }));
  try {
    const headers = files.map((file) => {
      const header = readAt(file, { at: 0, length: HEADER });
      return new DataView(header.buffer);
    });
    for (let first = 0; first < 256; first += STEP) {
      const seen = new Set<string>();
      for (const [position, file] of files.entries()) {
        const start = headers[position]?.getUint32(first * 4, true) ?? 0;
        const end = headers[position]?.getUint32((first + STEP) * 4, true) ?? 0;
        const ids = readAt(file, { at: HEADER + start * ID, length: (end - start) * ID });
        for (let at = 0; at < ids.length; at += ID) {
          const id = key(ids, at);
          if (!seen.has(id)) seen.add(id);
          else repeated.set(position, (repeated.get(position) ?? new Set()).add(id));
        }
      }
    }
  } finally {
    for (const file of files) file.close();
  }
  return repeated;
}
