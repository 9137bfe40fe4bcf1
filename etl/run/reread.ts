// Reads pages of a committed request again, by their labels in rejects and manifest.
import type { CommittedRequest } from "../load/dataset/mod.ts";
import { SourceError } from "../common/errors.ts";
import { unless } from "../common/missing.ts";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";
import { pageUrl } from "../extract/api/request.ts";
import type { CheckedPage } from "../extract/pages/page.ts";
import { openPages } from "./open_pages.ts";
import type { Plan, Wanted } from "./plan.ts";

/** A page, or the reason why it is gone. */
type Again = CheckedPage | { readonly reason: string };

/** Reads a page; throws a `SourceError` for transient errors. */
export type PageReader = (label: string, signal?: AbortSignal) => Promise<Again>;

/** Plans a request again. */
export type Planner = (wanted: Wanted) => Promise<Plan>;

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
  return { reason: "it no longer exists" };
}

export async function readAgain(request: CommittedRequest, plan: Planner): Promise<PageReader> {
  // All saved pages may be gone.
  const planned = await unless(
    (error) => error instanceof SourceError,
    plan(request as unknown as Wanted),
  );
  const client = planned?.client;
  const local: LocalPage[] = [];
  const remote = new Map<string, RemotePage>();
  for (const page of planned?.source.batches.flatMap(({ pages }) => pages) ?? []) {
    if (page.kind !== "api") local.push(page);
    else remote.set(pageUrl(client!.request, { number: page.page, results: page.results }), page);
  }
  return async (label, signal) => {
    const page = remote.get(label);
    try {
      if (page === undefined) {
        return await readLabelled(local.filter((one) => mayHold(one, label)), label);
      }
      return await client!.page(page.page, { results: page.results, signal });
    } catch (error) {
      // Only pages of the API can return without a repair.
      if (!(error instanceof SourceError) || (page && error.transient)) throw error;
      return { reason: error.message };
    }
  };
}
