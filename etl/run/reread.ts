// Reads pages of a committed request again, by the label that rejects and the manifest know them
// by.
import type { CommittedRequest } from "../load/dataset/mod.ts";
import { SourceError } from "../common/errors.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { pageUrl } from "../extract/api/request.ts";
import type { CheckedPage } from "../extract/pages/page.ts";
import { openPages } from "./open_pages.ts";
import type { Plan, Wanted } from "./plan.ts";

/** A page as it is now, or why it cannot be had any more. */
type Again = CheckedPage | { readonly reason: string };

const GONE = { reason: "it is not there any more" } as const;

/** Reads the page of a label. Throws a `SourceError` where it may work later. */
export type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

/** Whether a page has a label, or one of the pages in it may. */
function mayHold({ label: own, kind }: LocalPage, label: string): boolean {
  return label === own || kind !== "synthetic" && label.startsWith(`${own}#`);
}

async function readLabelled(pages: readonly LocalPage[], label: string): Promise<Again> {
  for (const page of pages) {
    for await (const { people, ...found } of openPages(page)) {
      if (found.label === label) return { ...found, people: [...people] };
    }
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
  const pages = planned?.source.batches.flatMap((batch) => batch.pages) ?? [];
  const remote = new Map(
    client &&
      pages.flatMap((page) =>
        page.kind === "api"
          ? [[pageUrl(client.request, { number: page.page, results: page.results }), page] as const]
          : []
      ),
  );
  const local = pages.flatMap((page) => page.kind === "api" ? [] : [page]);
  return async (label, signal) => {
    const page = remote.get(label);
    try {
      if (page === undefined) {
        return await readLabelled(local.filter((one) => mayHold(one, label)), label);
      }
      return await client!.page(page.page, { results: page.results, ...(signal && { signal }) });
    } catch (error) {
      // A page of the API may be back later; a file that is broken stays so until it is mended.
      if (!(error instanceof SourceError) || (page && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}
