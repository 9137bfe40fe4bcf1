// Reads pages of a committed request again, by their labels in rejects and manifest.
import type { CommittedRequest } from "../load/dataset/mod.ts";
import { SourceError } from "../common/errors.ts";
import type { LocalPage } from "../extract/pages/pages.ts";
import { pageUrl } from "../extract/api/request.ts";
import type { CheckedPage } from "../extract/pages/page.ts";
import { openPages } from "./open_pages.ts";
import type { Plan, Wanted } from "./plan.ts";

/** A page, or the reason why it is gone. */
type Again = CheckedPage | { readonly reason: string };

const GONE = { reason: "it no longer exists" } as const;

/** Reads a page; throws a `SourceError` for transient errors. */
export type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

/** Whether a page, or one inside it, can have the label. */
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

/** Plans the request again; `undefined` if all saved pages are gone. */
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

export async function readAgain(
  request: CommittedRequest,
  { plan }: { plan: (wanted: Wanted) => Promise<Plan> },
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
      // Only pages of the API can return without a repair.
      if (!(error instanceof SourceError) || (page && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}
