// Lands files of redacted people, one per line, with the same bytes on any machine.
import { makeFolder, removeAll } from "../../load/dataset/mod.ts";
import { plural } from "../../common/counts.ts";
import { REAL } from "../../common/effects.ts";
import { PageStore } from "../fetch.ts";
import { pageCount, requestOf } from "../run_folder.ts";
import { spooled } from "../spool.ts";
import { type LandedFrom, landedName, type PageOfLine } from "../../extract/landed/landed.ts";
import { peekLanded } from "../../extract/landed/landed_pages.ts";
import type { LocalPage, RemotePage, Source } from "../../extract/pages/pages.ts";
import { type LandedFileResult, landFile, type LandTask } from "./piece.ts";
import type { PagePeople } from "../batch.ts";
import { WorkPool } from "../pool.ts";
import type { ExtractOptions } from "../stage.ts";
import { type Asked, lookAround, type Piece, refuse, runOf } from "./landed_folder.ts";

/** Inclusive page numbers from 1. */
interface PageRange {
  readonly from: number;
  readonly to: number;
}

export interface LandOptions
  extends Pick<ExtractOptions, "client" | "workers" | "signal" | "deadline" | "effects"> {
  readonly out: string;
  /** All pages by default. */
  readonly range?: PageRange | undefined;
  readonly onPeople?: (people: number) => void;
}

export interface Landed {
  /** Identifies the request of all files in the folder. */
  readonly run: string;
  /** The request, with the seed. */
  readonly request: Source["request"];
  readonly range: PageRange;
  readonly pages: number;
  readonly files: readonly LandedFileResult[];
}

interface Landing extends Asked {
  readonly options: LandOptions;
  readonly store: PageStore | undefined;
  readonly kind: LandedFrom;
  readonly pages: number;
}

/** Lands files on all cores; pages of an API one by one on this core. */
async function landFiles(
  landing: Landing,
  pieces: readonly Piece[],
): Promise<readonly LandedFileResult[]> {
  const { client, kind, pages, store, options } = landing;
  const { signal, deadline, onPeople, workers } = options;
  const files: LandedFileResult[] = [];
  const taskOf = (piece: Piece) => ({
    ...piece,
    of: { run: runOf(landing), source: kind, pages },
  });
  const onPage = ({ received }: PagePeople) => onPeople?.(received);
  if (client) {
    const remote = {
      onPage,
      signal,
      bring: async (page: LocalPage | RemotePage) =>
        page.kind === "api" ? await store!.stage(page, { signal, deadline }) : page,
      // The API may return the seed only with its first page.
      run: () => runOf(landing),
    };
    for (const piece of pieces) files.push(await landFile(taskOf(piece), remote));
    return files;
  }
  await using pool = new WorkPool<LandTask, LandedFileResult>({
    workers: Math.min(workers ?? navigator.hardwareConcurrency, pieces.length),
    signal,
    onPage,
  });
  for (const [at, piece] of pieces.entries()) {
    await pool.add(taskOf(piece), (file) => files[at] = file);
  }
  await pool.finish();
  return files;
}

function checkedRange({ range, client }: LandOptions, pages: number): PageRange {
  const { from, to } = range ?? { from: 1, to: pages };
  if (from > to || to > pages) {
    refuse(
      `Cannot land pages ${from}-${to}: the request has ${plural(pages, "page")}`,
      { code: "pages_beyond" },
    );
  }
  if (client && client.request.seed === undefined && (from > 1 || to < pages)) {
    refuse(
      "Cannot land some of the pages without a seed: each machine would get different people",
      { code: "pages_without_seed" },
    );
  }
  return { from, to };
}

type LandedBefore = Extract<LocalPage, { readonly kind: "landed" }>;

function pieceOf({ from, to }: PageRange, { out, wanted }: {
  readonly out: string;
  readonly wanted: Piece["wanted"];
}): Piece {
  return { file: { from, to, path: `${out}/${landedName({ from, to })}` }, wanted };
}

/** A landed file never spans two batches. */
function piecesOf({ batches }: Source, { from, to, out }: PageRange & { out: string }): Piece[] {
  const pieces: Piece[] = [];
  let before = 0;
  for (const { pages } of batches) {
    const skipped = Math.max(0, from - 1 - before);
    const wanted = pages.slice(skipped, Math.max(0, to - before));
    const range = { from: before + skipped + 1, to: before + skipped + wanted.length };
    if (wanted.length > 0) pieces.push(pieceOf(range, { out, wanted }));
    before += pages.length;
  }
  return pieces;
}

/** The facts of landed pages, which must be complete; `undefined` for any other source. */
async function linesBefore(
  source: Source,
  { landed, range }: { readonly landed: readonly LandedBefore[] } & Pick<LandOptions, "range">,
): Promise<PageOfLine | undefined> {
  const [first] = landed;
  if (first === undefined) return undefined;
  if (landed.length === pageCount(source) && range === undefined) return await peekLanded(first);
  const named = source.request["source"];
  return refuse(
    `Cannot land ${named}: landed pages are only landed again complete and without other pages`,
    { code: "landed_before" },
  );
}

/** Reuses files and fetched pages; throws a `UsageError` if the folder has another request. */
export async function land(asked: Source, options: LandOptions): Promise<Landed> {
  const { out, client, effects = REAL } = options;
  const files = asked.batches.flatMap(({ pages }) =>
    pages.flatMap((page) => page.kind === "landed" ? page : [])
  );
  const before = await linesBefore(asked, { ...options, landed: files });
  const { source: from } = asked.request;
  const kind = before?.source ?? (from === "api" || from === "synthetic" ? from : "saved");
  const spool = `${out}/.spool`;
  const source = await spooled(asked, spool);
  const pages = before?.pages ?? pageCount(source);
  const range = checkedRange(options, pages);
  // One folder per range, since machines that share the folder do not share limits.
  const staging = `${out}/.${landedName(range)}`;
  await makeFolder(client ? `${staging}/pages` : out);
  const store = client && await PageStore.open(client, { folder: staging, root: staging, effects });
  const landing = { source, client, before, options, store, kind, pages };
  const pieces = before
    ? files.map((page) => pieceOf(page, { out, wanted: [page] }))
    : piecesOf(source, { ...range, out });
  await lookAround(out, { source, client, before, pieces });
  const written = await landFiles(landing, pieces);
  if (client) await removeAll(staging);
  await removeAll(spool);
  return { run: runOf(landing), request: requestOf(source, client), range, pages, files: written };
}
