import { gzipSync } from "node:zlib";
import { type ApiVersion, DEFAULT_VERSION } from "../../../schema/mod.ts";
import { FileMemory } from "../../extract/files/local.ts";
import type { LandedFile, LandedLine } from "../../extract/landed/landed.ts";
import { readLanded } from "../../extract/landed/landed_pages.ts";
import { SourceError } from "../../common/errors.ts";
import { onDisk, removeAll, writeChunks } from "../../load/dataset/mod.ts";
import { RULES_VERSION } from "../../transform/validate/rules_version.ts";
import { PageError } from "../../extract/pages/page.ts";
import type { LocalPage, RemotePage } from "../../extract/pages/pages.ts";
import type { OnPage } from "../batch.ts";
import { findScanner, type OpenPage, openPages } from "../open_pages.ts";
import type { Piece } from "./landed_folder.ts";
import { type PageLines, PageWriter } from "./page_lines.ts";

export interface LandedFileResult extends LandedFile {
  readonly people: number;
  readonly bytes: number;
  /** Whether it existed before. */
  readonly kept: boolean;
}

/** For 50,000 people, level 1 is 6% larger and level 6 takes twice as long. */
const LEVEL = 3;

const PARTIAL = ".partial";

/** Finds an existing file that is complete and has the same run and rules. */
async function wholeFile(
  file: LandedFile,
  run: string,
): Promise<LandedFileResult | undefined> {
  try {
    const { size } = await Deno.stat(file.path);
    let people = 0;
    for await (const page of readLanded(file)) {
      if (page.run !== run || page.schema !== RULES_VERSION) return undefined;
      for (const _ of page.people) people++;
    }
    return { ...file, people, bytes: size, kept: true };
  } catch (error) {
    if (error instanceof SourceError || error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function removePartial(path: string): Promise<void> {
  const [, folder = ".", name = path] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  for await (const other of Deno.readDir(folder)) {
    const isPart = other.name.startsWith(name) && other.name.endsWith(PARTIAL);
    if (isPart) await removeAll(`${folder}/${other.name}`);
  }
}

/** Writes a file in gzip members of one page each; its partial name is unique for each writer. */
async function writeLanded(
  file: LandedFile,
  pages: AsyncIterable<PageLines>,
): Promise<LandedFileResult> {
  await removePartial(file.path);
  const partial = `${file.path}.${crypto.randomUUID().slice(0, 8)}${PARTIAL}`;
  let [people, bytes] = [0, 0];
  async function* members() {
    for await (const { bytes: lines, results } of pages) {
      const member = gzipSync(lines, { level: LEVEL });
      people += results;
      bytes += member.length;
      yield member;
    }
  }
  await writeChunks(partial, members());
  await onDisk(file.path, () => Deno.rename(partial, file.path));
  return { ...file, people, bytes, kept: false };
}

/** A file to land; `of` contains the facts of the request for each line. */
export interface LandTask extends Piece {
  readonly of: Pick<LandedLine, "run" | "source" | "pages">;
}

interface LandFileOptions {
  readonly onPage?: OnPage | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly bring?: (page: LocalPage | RemotePage) => Promise<LocalPage>;
  /** The current id of the request, if it is not known at first. */
  readonly run?: () => string;
}

/** The pages to write: each page of a landed file, and any other local page as one. */
async function* pagesToLand(
  page: LocalPage,
  opening: Parameters<typeof openPages>[1],
): AsyncGenerator<AsyncIterable<OpenPage> | readonly OpenPage[], void> {
  const opened = openPages(page, opening);
  if (page.kind !== "landed") yield opened;
  else for await (const one of opened) yield [one];
}

/** Writes the people of one or more pages; several pages have no common seed. */
async function writeAsOne(
  pages: AsyncIterable<OpenPage> | readonly OpenPage[],
  writer: PageWriter,
): Promise<{ readonly version: ApiVersion; readonly seed: string | null }> {
  let first: OpenPage | undefined;
  let count = 0;
  for await (const page of pages) {
    first ??= page;
    count++;
    if (page.version !== first.version) {
      const next = "Save the pages of each version in files of their own";
      throw new PageError("pages of more than one version", {
        rule: "version",
        page: page.label,
        next,
      });
    }
    for (const person of page.people) writer.add(person, page.version);
  }
  const { version = DEFAULT_VERSION, seed = null } = first ?? {};
  return { version, seed: count === 1 ? seed : null };
}

async function* pageTexts(
  { file, wanted, of }: LandTask,
  { onPage, signal, bring, run }: LandFileOptions,
): AsyncGenerator<PageLines> {
  const writer = new PageWriter();
  const opening = { scanner: await findScanner(), memory: new FileMemory() };
  let page = file.from;
  for (const one of wanted) {
    signal?.throwIfAborted();
    const local = await bring?.(one) ?? one as LocalPage;
    for await (const found of pagesToLand(local, opening)) {
      const said = await writeAsOne(found, writer);
      const lines = writer.take({ ...of, run: run?.() ?? of.run, page: page++, ...said });
      yield lines;
      onPage?.({ received: lines.results, rejected: 0 });
    }
  }
}

/** Lands one file unless it exists and is complete. */
export async function landFile(
  task: LandTask,
  options: LandFileOptions = {},
): Promise<LandedFileResult> {
  const kept = await wholeFile(task.file, options.run?.() ?? task.of.run);
  if (kept === undefined) return await writeLanded(task.file, pageTexts(task, options));
  options.onPage?.({ received: kept.people, rejected: 0 });
  return kept;
}
