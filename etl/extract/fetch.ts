/**
 * Brings remote pages here: each is fetched, checked, redacted and put on disk, so that it is
 * fetched once and then read like a saved page.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { exists, onDisk, writeDurable } from "../dataset/files.ts";
import type { RandomUser } from "../random_user.ts";
import type { LocalPage, RemotePage } from "../source/pages.ts";
import { pageUrl } from "../source/request.ts";

/** Where pages of a run are kept until they are in a part. */
export interface PageStore {
  readonly client: RandomUser;
  /** Folder of the pages. */
  readonly folder: string;
}

function pagePath(folder: string, page: number): string {
  return `${folder}/page-${String(page).padStart(5, "0")}.json.gz`;
}

async function fetchPage(
  { client, folder }: PageStore,
  { page, results, signal }: RemotePage & { readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { seed, version, people } = await client.page(page, { results, ...(signal && { signal }) });
  const info = { seed, results: people.length, page, version };
  const path = pagePath(folder, page);
  const bytes = new TextEncoder().encode(JSON.stringify({ results: people, info }));
  await writeDurable(`${path}.partial`, gzipSync(bytes, { level: 1 }));
  await onDisk(path, () => Deno.rename(`${path}.partial`, path));
}

/** Fetches a page unless it is here already; answers where it lies. */
export async function stagePage(
  store: PageStore,
  { signal, ...page }: RemotePage & { readonly signal?: AbortSignal | undefined },
): Promise<LocalPage> {
  const path = pagePath(store.folder, page.page);
  if (!await exists(path)) await fetchPage(store, { ...page, signal });
  const label = pageUrl(store.client.request, { number: page.page, results: page.results });
  return { kind: "file", label, path };
}
