// Remote pages are checked, redacted and kept on disk, with what was spent of the API limit.
import { gzipSync } from "node:zlib";
import type { Effects } from "../common/effects.ts";
import { parseJson } from "../common/missing.ts";
import {
  appendText,
  type Checksum,
  checksumOf,
  isIntact,
  isSealed,
  onDisk,
  openToWrite,
  readIfThere,
  sealJson,
  writeAll,
  writeDurable,
  writeTextDurable,
} from "../load/dataset/mod.ts";
import type { ApiPage, FetchOptions, RandomUser } from "../random_user.ts";
import type { LocalPage, RemotePage } from "../extract/pages/pages.ts";
import { type Spending, WINDOW } from "../extract/api/budget.ts";
import { pageUrl } from "../extract/api/request.ts";
import { PagesSeen } from "../extract/pages/api_page.ts";
import { fetchedPages, pageName } from "./run_folder.ts";

/** A line of the index, which outlives the file of the page. */
interface IndexEntry {
  readonly page: number;
  readonly seed: string;
  readonly digest?: string;
  readonly file: Checksum;
}

function appendDurable(path: string, value: object): Promise<void> {
  return onDisk(path, async () => {
    using file = await openToWrite(path, { append: true, create: true });
    // Line breaks on both sides, so that a line cut by a kill does not damage the next.
    await writeAll(file, new TextEncoder().encode(`\n${sealJson(value)}\n`));
    await file.syncData();
  });
}

/** Reads lines; missing files are empty, and damaged lines are skipped. */
async function* readLines<T>(path: string): AsyncGenerator<T, void> {
  const text = new TextDecoder().decode(await readIfThere(path));
  for (const line of text.split("\n")) {
    const value = parseJson(line);
    if (isSealed(value)) yield value as T;
  }
}

interface PageStoreOptions {
  readonly folder: string;
  /** The folder of what was spent of the API limit. */
  readonly root: string;
  readonly effects: Pick<Effects, "now" | "log">;
}

/** Fetches pages, and keeps them until their batch is built. */
export class PageStore {
  readonly #seen = new PagesSeen();
  /** Pages of an earlier process, listed once: look-ups per page would change the order. */
  #left: ReadonlyMap<string, Checksum | undefined> = new Map();

  readonly client: RandomUser;
  readonly options: PageStoreOptions;

  private constructor(client: RandomUser, options: PageStoreOptions) {
    this.client = client;
    this.options = options;
  }

  /** Restores the seed, the pages and the spending of an earlier process. */
  static async open(client: RandomUser, options: PageStoreOptions): Promise<PageStore> {
    const store = new PageStore(client, options);
    const files = new Map<string, Checksum>();
    for await (const { page, seed, digest, file } of readLines<IndexEntry>(store.#index)) {
      if (client.request.seed === undefined) client.keepSeed(seed);
      if (digest !== undefined) store.#seen.restore(digest, page);
      files.set(pageName(page), file);
    }
    const left = await fetchedPages(options.folder);
    store.#left = new Map(left.map((name) => [name, files.get(name)]));
    await rememberSpending(client, options);
    return store;
  }

  get #index(): string {
    return `${this.options.folder}/pages.ndjson`;
  }

  async stage({ page, results }: RemotePage, options: FetchOptions): Promise<LocalPage> {
    const path = `${this.options.folder}/pages/${pageName(page)}`;
    if (!await this.#has(page, path)) {
      await this.#keep(await this.client.page(page, { ...options, results }), path);
    }
    const label = pageUrl(this.client.request, { number: page, results });
    return { kind: "file", label, path };
  }

  async #has(page: number, path: string): Promise<boolean> {
    if (!this.#left.has(pageName(page))) return false;
    const file = this.#left.get(pageName(page));
    if (file !== undefined && await isIntact(path, file)) return true;
    this.options.effects.log({
      event: "page.damaged",
      message: `Fetching page ${page} again because ${path} is damaged`,
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

/** Most milliseconds until the API counts a request of an earlier process. */
const UNDER_WAY = 5000;

/** Reads the spending within the window, without requests that did not count. */
async function stillSpent(path: string, since: number): Promise<Spending[]> {
  const people = new Map<number, number>();
  for await (const spending of readLines<Spending>(path)) {
    people.set(spending.at, (people.get(spending.at) ?? 0) + spending.people);
  }
  return [...people].map(([at, people]) => ({ at, people }))
    .filter(({ at, people }) => at > since && people > 0);
}

async function rememberSpending(
  { budget, request }: RandomUser,
  { root, effects: { now } }: PageStoreOptions,
): Promise<void> {
  if (budget.limit === 0) return;
  const path = `${root}/.spent-${encodeURIComponent(new URL(request.api).host)}.ndjson`;
  const spent = await stillSpent(path, now() - WINDOW);
  budget.restore(spent.map(({ at, people }) => ({ at: at + UNDER_WAY, people })));
  await writeTextDurable(path, spent.map((one) => sealJson(one) + "\n").join(""));
  budget.onSpend = (spending) => appendText(path, sealJson(spending) + "\n");
}
