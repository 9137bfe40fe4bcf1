/**
 * Reads pages of a committed request again, by the label that rejects and the manifest know them
 * by.
 *
 * @module
 */
import type { CommittedRequest } from "../load/dataset/manifest.ts";
import { SourceError } from "../common/errors.ts";
import type { RandomUser } from "../random_user.ts";
import { landedLabel, readLanded } from "../extract/files/landed.ts";
import { readLocalBytes } from "../extract/files/local.ts";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";
import { decodeSaved } from "../extract/files/encoding.ts";
import { pageUrl } from "../extract/api/request.ts";
import type { CheckedPage } from "../extract/pages/page.ts";
import { checkSavedPage } from "../extract/pages/saved_body.ts";
import type { Plan, Wanted } from "./plan.ts";

/** A page as it is now, or why it cannot be had any more. */
type Again = CheckedPage | { readonly reason: string };

const GONE = { reason: "it is not there any more" } as const;

/** Reads the page of a label. Throws a `SourceError` where it may work later. */
export type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

function labelsOf(
  page: LocalPage | RemotePage,
  client: RandomUser | undefined,
): readonly string[] {
  if (page.kind === "landed") {
    const { path, from, to } = page;
    return Array.from({ length: to - from + 1 }, (_, at) => landedLabel(path, from + at));
  }
  if (page.kind !== "api") return [page.label];
  return client ? [pageUrl(client.request, { number: page.page, results: page.results })] : [];
}

async function readLocal(page: LocalPage, label: string): Promise<Again> {
  if (page.kind !== "landed") {
    return checkSavedPage(decodeSaved(await readLocalBytes(page), label), { label });
  }
  for await (const { seed, ...found } of readLanded(page)) {
    if (found.label === label) return { ...found, seed: seed ?? undefined };
  }
  return GONE;
}

/** Plans the request anew; saved pages that are all gone leave nothing to plan. */
async function planAgain(
  request: CommittedRequest,
  plan: (wanted: Wanted) => Promise<Plan>,
): Promise<Plan | undefined> {
  try {
    return await plan(request as unknown as Wanted);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** Says how to read the pages of a request again. */
export async function readAgain(
  request: CommittedRequest,
  { plan }: { readonly plan: (wanted: Wanted) => Promise<Plan> },
): Promise<PageReader> {
  const planned = await planAgain(request, plan);
  const client = planned?.client;
  const pages = new Map(
    planned?.source.batches.flatMap((batch) => batch.pages)
      .flatMap((page) => labelsOf(page, client).map((label) => [label, page] as const)),
  );
  return async (label, signal) => {
    const page = pages.get(label);
    if (page === undefined) return GONE;
    try {
      if (page.kind !== "api") return await readLocal(page, label);
      return await client!.page(page.page, { results: page.results, ...(signal && { signal }) });
    } catch (error) {
      // A page of the API may be back later; a file that is broken stays so until it is mended.
      if (!(error instanceof SourceError) || (page.kind === "api" && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}
