// The pages to compare: saved, landed or synthetic ones, or one that the API sends now.
import type { ApiVersion } from "../../../schema/mod.ts";
import { REAL } from "../../common/effects.ts";
import { type PageText, pageTexts, plan, type PlanEffects } from "../../run/mod.ts";
import { get } from "../../extract/api/http.ts";
import { pageRequest, pageUrl } from "../../extract/api/request.ts";

/** Enough for every nationality to be on the page. */
const PEOPLE = 500;

const PATIENCE = 60_000;

interface PagesWanted {
  /** `api`, `sample`, `synthetic`, or a path, as `extract` takes it. */
  readonly source: string | readonly string[];
  /** Dotted path to the people in files. */
  readonly path?: string | undefined;
  /** For stdin. */
  readonly input?: PlanEffects["input"];
  readonly api?: string | undefined;
  readonly version?: ApiVersion | undefined;
  readonly signal?: AbortSignal | undefined;
}

const decoder = new TextDecoder();

/**
 * Throws a `SourceError` where pages cannot be had, a `UsageError` where options do not fit the
 * source.
 */
export async function* pagesOf(
  { source, path, input, api, version, signal }: PagesWanted,
): AsyncGenerator<PageText, void> {
  const options = { ...(api && { api }), ...(version && { version }) };
  const [first, ...others] = [source].flat();
  if (first === "api" && others.length === 0 && path === undefined) {
    const url = pageUrl(pageRequest({ ...options, pageSize: PEOPLE }), {
      number: 1,
      results: PEOPLE,
    });
    const { body } = await get(url, { ...REAL, signal, limit: PATIENCE });
    yield { label: url, text: decoder.decode(body) };
    return;
  }
  const planned = await plan(
    { source, ...options, ...(path !== undefined && { path }) },
    { ...(input && { input }) },
  );
  for (const { pages } of planned.source.batches) {
    for (const page of pages) {
      signal?.throwIfAborted();
      if (page.kind !== "api") yield* pageTexts(page);
    }
  }
}
