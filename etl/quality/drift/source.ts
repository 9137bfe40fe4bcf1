import type { ApiVersion } from "../../../schema/mod.ts";
import { REAL } from "../../common/effects.ts";
import { pageDocuments, plan, type PlanEffects } from "../../run/mod.ts";
import type { PageText } from "./page_drift.ts";
import { get } from "../../extract/api/http.ts";
import { pageRequest, pageUrl } from "../../extract/api/request.ts";

/** The page size: large enough to include every nationality. */
const PEOPLE = 500;

const PATIENCE = 60_000;

interface PagesWanted {
  /** `api`, `sample`, `synthetic`, or paths, as in `extract`. */
  readonly source: string | readonly string[];
  readonly path?: string | undefined;
  readonly input?: PlanEffects["input"];
  readonly api?: string | undefined;
  readonly version?: ApiVersion | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with a `SourceError` without pages, a `UsageError` for options of another source. */
export async function* pagesOf(
  { source, path, input, api, version, signal }: PagesWanted,
): AsyncGenerator<PageText, void> {
  const options = { ...(api && { api }), ...(version && { version }) };
  const [first, ...others] = [source].flat();
  if (first === "api" && others.length === 0 && path === undefined) {
    const request = pageRequest({ ...options, pageSize: PEOPLE });
    const url = pageUrl(request, { number: 1, results: PEOPLE });
    const { body } = await get(url, { ...REAL, signal, limit: PATIENCE });
    yield { label: url, text: new TextDecoder().decode(body) };
    return;
  }
  const planned = await plan(
    { source, ...options, ...(path !== undefined && { path }) },
    { ...(input && { input }) },
  );
  for (const { pages } of planned.source.batches) {
    for (const page of pages) {
      signal?.throwIfAborted();
      if (page.kind === "api") continue;
      for await (const { label, text } of pageDocuments(page)) yield { label, text: text() };
    }
  }
}
