// Fetches remote pages: checks, redacts and writes each one to disk, so that only one process
// fetches it and all read it like a saved page.
import { gzipSync } from "node:zlib";
import { readFolder } from "../common/missing.ts";
import type { Effects } from "../common/effects.ts";
import { type Checksum, checksumOf, isIntact, onDisk, writeDurable } from "../load/dataset/mod.ts";
import type { ApiPage, FetchOptions, RandomUser } from "../random_user.ts";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";
import { pageUrl } from "../extract/api/request.ts";
import { PagesSeen } from "../extract/pages/api_page.ts";
import { appendDurable, readLines } from "./sealed_lines.ts";

const PAGE_FILE = /^page-\d{5}\.json\.gz$/;

/** A line of the index, which outlives the file of the page. */
interface IndexEntry {
  readonly page: number;
  readonly seed: string;
  /** Distinguishes the page from others. */
  readonly digest?: string;
  readonly file: Checksum;
}

async function stagedPages(folder: string): Promise<string[]> {
  const names = (await readFolder(folder)).map(({ name }) => name);
  return names.filter((name) => PAGE_FILE.test(name));
}

export async function countStagedPages(folder: string): Promise<number> {
  return (await stagedPages(folder)).length;
}

function nameOf(page: number): string {
  return `page-${String(page).padStart(5, "0")}.json.gz`;
}

interface PageStoreOptions {
  readonly folder: string;
  readonly log: Effects["log"];
}

export class PageStore {
  readonly #client: RandomUser;
  readonly #folder: string;
  readonly #seen = new PagesSeen();
  readonly #log: Effects["log"];
  readonly #files = new Map<string, Checksum>();
  /** Pages of an earlier process, listed once: look-ups per page would change the order. */
  #left: ReadonlySet<string> = new Set();

  private constructor(client: RandomUser, { folder, log }: PageStoreOptions) {
    this.#client = client;
    this.#folder = folder;
    this.#log = log;
  }

  /** Restores the seed and the pages of an earlier process. */
  static async open(client: RandomUser, options: PageStoreOptions): Promise<PageStore> {
    const store = new PageStore(client, options);
    for await (const { page, seed, digest, file } of readLines<IndexEntry>(store.#index)) {
      if (client.request.seed === undefined) client.keepSeed(seed);
      if (digest !== undefined) store.#seen.restore(digest, page);
      store.#files.set(nameOf(page), file);
    }
    store.#left = new Set(await stagedPages(`${options.folder}/pages`));
    return store;
  }

  get #index(): string {
    return `${this.#folder}/pages.ndjson`;
  }

  /** Fetches a page unless it is staged; returns its file. */
  async stage({ page, results }: RemotePage, options: FetchOptions): Promise<LocalPage> {
    const path = `${this.#folder}/pages/${nameOf(page)}`;
    if (!await this.#has(page, path)) {
      await this.#keep(await this.#client.page(page, { ...options, results }), path);
    }
    const label = pageUrl(this.#client.request, { number: page, results });
    return { kind: "file", label, path };
  }

  /** Whether an earlier process left the page complete. */
  async #has(page: number, path: string): Promise<boolean> {
    if (!this.#left.has(nameOf(page))) return false;
    const file = this.#files.get(nameOf(page));
    if (file !== undefined && await isIntact(path, file)) return true;
    this.#log({
      event: "page.damaged",
      message: `Fetching page ${page} again: ${path} is not what was written`,
      data: { page },
    });
    return false;
  }

  /** Writes the index first, so that the seed of a page is never lost. */
  async #keep(fetched: ApiPage, path: string): Promise<void> {
    const { page, seed, version, people } = fetched;
    const digest = this.#seen.check(fetched);
    const info = { seed, results: people.length, page, version };
    const text = new TextEncoder().encode(JSON.stringify({ results: people, info }));
    const bytes = gzipSync(text, { level: 1 });
    const file = checksumOf(bytes);
    const entry: IndexEntry = { page, seed, ...(digest !== undefined && { digest }), file };
    await appendDurable(this.#index, entry);
    await writeDurable(`${path}.partial`, bytes);
    await onDisk(path, () => Deno.rename(`${path}.partial`, path));
  }
}
