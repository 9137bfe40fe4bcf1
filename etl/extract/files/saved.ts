import { glob } from "node:fs/promises";
import { markOf } from "../../common/byte_order_mark.ts";
import { SourceError } from "../../common/errors.ts";
import { statOf } from "../../common/missing.ts";
import { keptPath, slashed } from "../../common/path.ts";
import { landedFile } from "../landed/landed.ts";
import { landedPages } from "../landed/landed_source.ts";
import { inBatches, type LocalPage, type Source } from "../pages/pages.ts";
import { type Chunks, fileStream, isGzip, utf8Stream } from "../text/encoding.ts";
import { groupsOf } from "./groups.ts";

const STDIN = "-";

/** Largest file that is read whole, in bytes: several pages of the API. */
const WHOLE = { plain: 16 << 20, gzip: 4 << 20 } as const;

// Approximate bytes per person, slightly high so that ten full pages of the API are one batch.
const PERSON_BYTES = { plain: 1100, gzip: 310 } as const;

const NAME = /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i;

async function listFolder(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => !isDirectory)
    .map(({ name }) => `${folder.replace(/\/$/, "")}/${name}`);
}

async function matching(pattern: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) {
    if ((await statOf(path))?.isFile) paths.push(slashed(path));
  }
  return paths;
}

/** The part of a missing path that a shell would have expanded. */
function unexpanded(path: string): string | undefined {
  const [what] = /(?<=^|[\\/])~(?=[\\/]|$)|%\w+%|\$(?:\w+|\{\w+\}|env:\w+)/i.exec(path) ?? [];
  return what && `The shell does not expand ${what} in quotes: write the folder itself`;
}

async function filesAt(spec: string): Promise<string[]> {
  const info = await statOf(spec);
  if (info && !info.isDirectory) return [spec];
  const found = info ? await listFolder(spec) : await matching(spec);
  const files = found.filter((path) => NAME.test(path)).sort();
  if (files.length > 0) return files;
  throw new SourceError(`Cannot find saved pages at ${JSON.stringify(spec)}`, {
    step: "source",
    next: unexpanded(spec) ?? { code: "no_saved_pages" },
  });
}

/** Finds files in order of source and name, once each; throws a `SourceError` if a source has none. */
export async function findFiles(specs: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const spec of specs) {
    for (const path of await filesAt(spec)) {
      const key = await Deno.realPath(path);
      if (!found.has(key)) found.set(key, path);
    }
  }
  return [...found.values()];
}

export interface SavedOptions {
  readonly path?: string | undefined;
  readonly input?: Chunks | undefined;
}

async function headOf(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const head = new Uint8Array(4);
  return head.subarray(0, await file.read(head) ?? 0);
}

// Each part is a page or consecutive people; a file of one value is its own only part.
async function partsOf(
  file: LocalPage & { readonly kind: "file" },
  mark: number,
): Promise<LocalPage[]> {
  const parts: LocalPage[] = [];
  let values = 0;
  for await (const { from, to, inList, number, count, place } of groupsOf(fileStream(file.path))) {
    values += inList ? Infinity : count;
    parts.push({
      ...file,
      kind: "part",
      label: number === 1 ? file.label : `${file.label}#${number}`,
      from: mark + from,
      to: mark + to,
      inList,
      place,
      people: (to - from) / PERSON_BYTES.plain,
    });
  }
  return values > 1 ? parts : [file];
}

export async function filePages(
  path: string,
  { path: inside }: Pick<SavedOptions, "path"> = {},
): Promise<LocalPage[]> {
  const [{ size }, head] = [await Deno.stat(path), await headOf(path)];
  const label = keptPath(path);
  const kind = isGzip(head) ? "gzip" : "plain";
  const people = size / PERSON_BYTES[kind];
  const file = { kind: "file", label, path, people, inside } as const;
  if (size <= WHOLE[kind]) return [file];
  const { encoding, length } = markOf(head);
  if (kind === "gzip" || encoding !== "utf-8") {
    return [{ ...file, kind: "stream", open: () => fileStream(path) }];
  }
  // The path may begin with a position in a list.
  return inside !== undefined && /^\d/.test(inside) ? [file] : await partsOf(file, length);
}

export function stdinPage({ path: inside, input }: SavedOptions): LocalPage {
  if (input === undefined) {
    throw new SourceError("Cannot read stdin again", {
      step: "source",
      next: "Save what was piped in to a file",
    });
  }
  const label = "stdin";
  return { kind: "stream", label, people: 0, open: () => utf8Stream(input, label), inside };
}

/** Makes a source of saved files; throws a `SourceError` if files or landed pages are missing. */
export async function savedSource(
  specs: readonly string[],
  options: SavedOptions = {},
): Promise<Source> {
  const files = await findFiles(specs.filter((spec) => spec !== STDIN));
  const pages = await landedPages(specs.join(", "), files.filter(landedFile));
  for (const path of files) if (!landedFile(path)) pages.push(...await filePages(path, options));
  if (specs.includes(STDIN)) pages.push(stdinPage(options));
  const sources = specs.map(keptPath);
  const synthetic = pages.every((page) => page.kind === "landed" && page.synthetic);
  const infos = await Promise.all(files.map((path) => Deno.stat(path)));
  return {
    request: {
      source: sources.length === 1 ? sources[0]! : sources,
      ...(options.path !== undefined && { path: options.path }),
      ...(synthetic && { landed: "synthetic" }),
    },
    fingerprint: infos.map(({ size, mtime }, at) => `${files[at]} ${size} ${mtime?.getTime()}`)
      .join("\n"),
    batches: inBatches(pages, ({ people }) => people ?? 0),
  };
}
