import { type ApiVersion, DEFAULT_VERSION } from "../../../schema/mod.ts";
import { FileMemory } from "../../extract/files/local.ts";
import type { LandedLine } from "../../extract/landed/landed.ts";
import { PageError } from "../../extract/pages/page.ts";
import type { LocalPage, RemotePage } from "../../extract/pages/pages.ts";
import type { OnPage } from "../batch.ts";
import { findScanner, type OpenPage, openPages } from "../open_pages.ts";
import { type LandedFileResult, wholeFile, writeLanded } from "./file.ts";
import type { Piece } from "./landed_folder.ts";
import { type PageLines, PageWriter } from "./page_lines.ts";

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
