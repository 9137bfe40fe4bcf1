/**
 * Reads pages of a committed request again, by the label that rejects and the manifest know them
 * by.
 *
 * @module
 */
import type { CommittedRequest } from "../dataset/manifest.ts";
import { SourceError } from "../errors.ts";
import type { RandomUser } from "../random_user.ts";
import { readLocalBytes } from "../source/local.ts";
import type { LocalPage, RemotePage } from "../source/pages.ts";
import { decodeSaved } from "../source/saved.ts";
import { pageUrl } from "../source/request.ts";
import type { CheckedPage } from "../validate/page.ts";
import { checkSavedPage } from "../validate/saved_page.ts";
import type { Plan, Wanted } from "./plan.ts";

/** A page as it is now, or why it cannot be had any more. */
export type Again = CheckedPage | { readonly reason: string };

/** Reads the page of a label. Throws a `SourceError` where it may work later. */
export type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

function labelOf(page: LocalPage | RemotePage, client: RandomUser | undefined): string {
  if (page.kind !== "api") return page.label;
  return client ? pageUrl(client.request, { number: page.page, results: page.results }) : "";
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
      .map((page) => [labelOf(page, client), page] as const),
  );
  return async (label, signal) => {
    const page = pages.get(label);
    if (page === undefined) return { reason: "it is not there any more" };
    try {
      if (page.kind !== "api") {
        return checkSavedPage(decodeSaved(await readLocalBytes(page), label), { label });
      }
      return await client!.page(page.page, { results: page.results, ...(signal && { signal }) });
    } catch (error) {
      // A page of the API may be back later; a file that is broken stays so until it is mended.
      if (!(error instanceof SourceError) || (page.kind === "api" && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}
