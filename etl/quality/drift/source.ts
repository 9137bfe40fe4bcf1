// Selects the pages to compare: saved, landed or synthetic ones, or one new page from the API.
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
  /** The dotted path to the people in files. */
  readonly path?: string | undefined;
  /** The input if the source is stdin. */
  readonly input?: PlanEffects["input"];
  readonly api?: string | undefined;
  readonly version?: ApiVersion | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Yields the pages. Throws a `SourceError` if they are unavailable, and a `UsageError` if options
 * do not fit the source.
 */
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
