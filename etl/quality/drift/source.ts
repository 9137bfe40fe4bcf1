/**
 * The pages to compare: saved or landed ones, made-up ones, or one that the API sends now.
 *
 * @module
 */
import type { ApiVersion } from "../../../schema/mod.ts";
import { REAL } from "../../common/effects.ts";
import { plan } from "../../run/plan.ts";
import { get } from "../../extract/api/http.ts";
import { readLanded } from "../../extract/files/landed.ts";
import { readLocalBytes } from "../../extract/files/local.ts";
import type { LocalPage, RemotePage } from "../../extract/pages/pages.ts";
import { pageRequest, pageUrl } from "../../extract/api/request.ts";
import type { PageText } from "./page.ts";

/** People on the page that is asked for: enough for every nationality to be there. */
const PEOPLE = 500;

/** Milliseconds for the page. */
const PATIENCE = 60_000;

/** What to compare. */
interface PagesWanted {
  /** `api`, `sample`, `synthetic`, or a path, as `extract` takes it. */
  readonly source: string;
  readonly api?: string | undefined;
  readonly version?: ApiVersion | undefined;
  readonly signal?: AbortSignal | undefined;
}

const decoder = new TextDecoder();

async function* textsOf(page: LocalPage | RemotePage): AsyncGenerator<PageText, void> {
  if (page.kind === "api") return;
  if (page.kind !== "landed") {
    yield { label: page.label, text: decoder.decode(await readLocalBytes(page)) };
    return;
  }
  for await (const { label, people, version, page: number, seed, results } of readLanded(page)) {
    const info = { seed: seed ?? "", results, page: number, version };
    yield { label, text: JSON.stringify({ info, results: people }) };
  }
}

/**
 * The pages, one after the other. Throws a `SourceError` where they cannot be had, a `UsageError`
 * where options do not fit the source.
 */
export async function* pagesOf(
  { source, api, version, signal }: PagesWanted,
): AsyncGenerator<PageText, void> {
  const options = { ...(api && { api }), ...(version && { version }) };
  if (source === "api") {
    const url = pageUrl(pageRequest({ ...options, pageSize: PEOPLE }), {
      number: 1,
      results: PEOPLE,
    });
    const { body } = await get(url, { ...REAL, signal, limit: PATIENCE });
    yield { label: url, text: decoder.decode(body) };
    return;
  }
  const planned = await plan({ source, ...options });
  for (const { pages } of planned.source.batches) {
    for (const page of pages) {
      signal?.throwIfAborted();
      yield* textsOf(page);
    }
  }
}
