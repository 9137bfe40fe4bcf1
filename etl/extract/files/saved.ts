/**
 * Saved pages: a file, a folder or a glob of `.json`, `.ndjson` and `.jsonl`, compressed or not, or of
 * the files that `land` writes.
 *
 * @module
 */
import { isSystemFault } from "../../common/system_fault.ts";
import { glob } from "node:fs/promises";
import { SourceError } from "../../common/errors.ts";
import { keptPath, slashed } from "../../common/path.ts";
import { decodeSaved, toUtf8 } from "./encoding.ts";
import { landedFile } from "./landed.ts";
import { landedSource } from "./landed_source.ts";
import { inBatches, type LocalPage, type Source } from "../pages/pages.ts";

const PAGE_FILE = /\.(?:(?:nd)?json|jsonl)(?:\.gz)?$/i;

/**
 * Bytes of one person in a page, and in a compressed one: a little more than about, so that ten full
 * pages of the API are one batch and not nine.
 */
const PERSON_BYTES = { plain: 1100, gzip: 310 } as const;

const NEXT = "Give a file, a folder or a quoted glob of .json or .ndjson, plain or .gz";

async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isSystemFault(error)) return undefined;
    throw error;
  }
}

async function listFolder(folder: string): Promise<string[]> {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory && PAGE_FILE.test(name)) files.push(prefix + name);
  }
  return files;
}

/** Paths of the files that a glob matches. */
export async function matching(pattern: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) {
    if ((await stat(path))?.isFile) paths.push(slashed(path));
  }
  return paths;
}

async function findFiles(spec: string): Promise<string[]> {
  const info = await stat(spec);
  if (info?.isFile) return [spec];
  const found = info?.isDirectory ? await listFolder(spec) : await matching(spec);
  return found.filter((path) => PAGE_FILE.test(path)).sort();
}

/** Finds saved pages, in the order of their names. Throws a `SourceError` where there are none. */
export async function savedSource(spec: string): Promise<Source> {
  const files = await findFiles(spec);
  if (files.length === 0) {
    throw new SourceError(`Cannot find saved pages at ${JSON.stringify(spec)}`, {
      step: "source",
      next: NEXT,
    });
  }
  const sizes = new Map<LocalPage, number>();
  const lines: string[] = [];
  for (const path of files) {
    const info = await Deno.stat(path);
    const bytes = path.endsWith(".gz") ? PERSON_BYTES.gzip : PERSON_BYTES.plain;
    sizes.set({ kind: "file", label: keptPath(path), path }, info.size / bytes);
    lines.push(`${path} ${info.size} ${info.mtime?.getTime()}`);
  }
  const fingerprint = lines.join("\n");
  const landed = files.filter((path) => landedFile(path) !== undefined);
  if (landed.length === files.length) {
    return await landedSource(spec, { paths: files, fingerprint });
  }
  if (landed.length > 0) {
    throw new SourceError(`Cannot use ${spec}: it has landed files and pages in one`, {
      step: "source",
      next: { code: "landed_mixed" },
    });
  }
  return {
    request: { source: keptPath(spec) },
    fingerprint,
    batches: inBatches([...sizes.keys()], (page) => sizes.get(page) ?? 0),
  };
}

/** Memory is had by so many bytes at once, or files that differ a little would each have it anew. */
const ROOM = 1 << 20;

/** Memory that files are read into one after the other: had once, however many there are. */
export class FileMemory {
  #memory = new Uint8Array(0);

  /** The bytes of a file; good until the next is read. */
  async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    using file = await Deno.open(path);
    const { size } = await file.stat();
    // A byte more than there is: the end is seen only where there is room for more.
    if (size >= this.#memory.length) this.#memory = new Uint8Array(size + ROOM);
    let end = 0;
    for (let read; (read = await file.read(this.#memory.subarray(end))) !== null;) {
      end += read;
      // A pipe does not say its size.
      if (end === this.#memory.length) {
        this.#memory = new Uint8Array(this.#memory.buffer.transfer(end * 2));
      }
    }
    return this.#memory.subarray(0, end);
  }

  /** Whether some bytes lie here, and not in memory of their own. */
  holds({ buffer }: Uint8Array): boolean {
    return buffer === this.#memory.buffer;
  }
}

/** The bytes of a saved page in UTF-8. Throws a `SourceError` that names the file when it cannot be read. */
export async function readSavedBytes(
  path: string,
  memory = new FileMemory(),
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await memory.read(path);
  } catch (cause) {
    const { message } = cause as Error;
    throw new SourceError(`Cannot read ${path}: ${message}`, { step: "source", cause });
  }
  return toUtf8(bytes, path);
}

/** The text of a saved page. Throws as {@link readSavedBytes} and {@link decodeSaved} do. */
export async function readSaved(path: string): Promise<string> {
  return decodeSaved(await readSavedBytes(path), path);
}
