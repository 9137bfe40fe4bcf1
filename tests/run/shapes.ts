/**
 * The same people in the shapes of saved API answers.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { utf16 } from "../utf16.ts";
import { plan } from "../../etl/run/plan.ts";
import { extract } from "../../etl/run/run.ts";
import { sha256 } from "../../etl/common/sha256.ts";
import { layout } from "../../etl/load/dataset/paths.ts";
import { pageOf } from "../people.ts";
import { temporary } from "../temporary.ts";

type People = readonly unknown[];

const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value) + "\n");

function pages(people: People): unknown[] {
  const half = Math.ceil(people.length / 2);
  return [pageOf(people.slice(0, half)), pageOf(people.slice(half))];
}

/** Functions that print people in a shape, by name. */
export const SHAPES = {
  page: (people: People) => JSON.stringify(pageOf(people)),
  "page without info": (people: People) => JSON.stringify({ results: people }),
  "indented page": (people: People) => JSON.stringify(pageOf(people), null, 2),
  "list of people": (people: People) => JSON.stringify(people),
  "list of pages": (people: People) => JSON.stringify(pages(people), null, 1),
  "people by line": (people: People) => lines(people).join(""),
  "people as jq prints them": (people: People) =>
    people.map((person) => JSON.stringify(person, null, 2)).join("\n"),
  "pages by line": (people: People) => lines(pages(people)).join(""),
  "pages without breaks": (people: People) => lines(pages(people)).join("").replaceAll("\n", ""),
  "pages joined with their marks": (people: People) => lines(pages(people)).join("\ufeff"),
  "lists by line": (people: People) => lines([people.slice(0, 7), people.slice(7)]).join(""),
  "wrapped page": (people: People) => JSON.stringify({ ok: true, data: pageOf(people) }),
  "wrapped people by line": (people: People) => lines(people.map((data) => ({ data }))).join(""),
  "wrapped list of wrapped people": (people: People) =>
    JSON.stringify({ hits: { total: 1, hits: people.map((_source) => ({ _source })) } }),
} as const;

/** A name of {@link SHAPES}. */
export type Shape = keyof typeof SHAPES;

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Encodings by name. */
export const ENCODINGS = {
  "UTF-8": utf8,
  "UTF-8 with a byte order mark": (text: string) => utf8(`\ufeff${text}`),
  "UTF-8 with CRLF": (text: string) => utf8(text.replaceAll("\n", "\r\n")),
  "UTF-16LE": (text: string) => utf16(text, { bigEndian: false }),
  "UTF-16BE": (text: string) => utf16(text, { bigEndian: true }),
} as const;

/** A name of {@link ENCODINGS}. */
export type Encoding = keyof typeof ENCODINGS;

/** How people are saved and given to `extract`. */
export interface Saved {
  readonly shape: Shape;
  readonly encoding?: Encoding;
  readonly gzip?: boolean;
  /** The name of the file, `people.json` by default; several files are numbered. */
  readonly name?: string;
  /** The number of files, 1 by default. */
  readonly files?: number;
  /** How the files are given as sources; stdin takes a single file. */
  readonly as?: "files" | "folder" | "glob" | "stdin";
  readonly path?: string;
}

function bytesOf(people: People, { shape, encoding = "UTF-8", gzip = false }: Saved): Uint8Array {
  const plain = ENCODINGS[encoding](SHAPES[shape](people));
  return gzip ? gzipSync(plain) : plain;
}

/** Saves people in a folder and returns the paths. */
async function save(folder: string, { people, saved }: { people: People; saved: Saved }) {
  const { files = 1, name = "people.json" } = saved;
  const size = Math.ceil(people.length / files);
  const paths: string[] = [];
  for (let file = 0; file < files; file++) {
    const path = files === 1 ? `${folder}/${name}` : `${folder}/${file}-${name}`;
    await Deno.writeFile(path, bytesOf(people.slice(file * size, (file + 1) * size), saved));
    paths.push(path);
  }
  return paths;
}

/** Streams bytes in chunks of an odd size. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  const size = 99_991;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at += size));
    },
  });
}

async function hashesOf(root: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  const { tables } = layout(root);
  for await (const { name: table, isDirectory } of Deno.readDir(tables)) {
    if (!isDirectory) continue;
    for await (const { name } of Deno.readDir(`${tables}/${table}`)) {
      if (!name.endsWith(".parquet")) continue;
      hashes[`${table}/${name}`] = sha256(await Deno.readFile(`${tables}/${table}/${name}`));
    }
  }
  return hashes;
}

/** Extracts saved people, and returns their number and a hash of each table file. */
export async function extractSaved(people: People, saved: Saved) {
  await using folder = await temporary();
  const pages = `${folder.path}/pages`;
  await Deno.mkdir(pages);
  const paths = await save(pages, { people, saved });
  const { as = "files", path } = saved;
  const source = { files: paths, folder: [pages], glob: [`${pages}/*`], stdin: ["-"] }[as];
  const input = as === "stdin" ? { input: streamOf(await Deno.readFile(paths[0]!)) } : {};
  const { source: planned } = await plan({ source, ...(path && { path }) }, input);
  const root = `${folder.path}/data`;
  const { manifest } = await extract(planned, { root, maxRejects: { people: 0 }, workers: 1 });
  const staging = await Array.fromAsync(Deno.readDir(layout(root).staging), ({ name }) => name);
  return { people: manifest.people.received, hashes: await hashesOf(root), staging };
}
