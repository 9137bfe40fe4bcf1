// Writes streams to disk as redacted pages before a run, so that batches can be built concurrently
// and repeatedly.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { onDisk, removeAll, writeDurable } from "../load/dataset/mod.ts";
import { inBatches, type LocalPage, type RemotePage, type Source } from "../extract/pages/pages.ts";
import { redact } from "../transform/validate/redact.ts";
import { type OpenPage, openPages } from "./open_pages.ts";

type Stream = LocalPage & { readonly kind: "stream" };

function redacted({ people, version, seed, page = 1 }: OpenPage) {
  const results = Array.from(people, (person) => redact(person, version));
  const info = { seed, results: results.length, page, version };
  const body = seed === undefined ? results : { results, info };
  return { people: results.length, bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

class Spool {
  readonly #hash = createHash("sha256");
  #pages = 0;

  constructor(readonly folder: string) {}

  /** Identifies the content. */
  get digest(): string {
    return this.#hash.digest("hex");
  }

  async *pages(stream: Stream): AsyncGenerator<LocalPage, void> {
    for await (const page of openPages(stream)) {
      const { people, bytes } = redacted(page);
      this.#hash.update(bytes);
      const path = `${this.folder}/page-${String(++this.#pages).padStart(6, "0")}.json.gz`;
      await writeDurable(path, gzipSync(bytes, { level: 1 }));
      yield { kind: "file", label: page.label, path, people };
    }
  }
}

function isStream(page: LocalPage | RemotePage): page is Stream {
  return page.kind === "stream";
}

/** A source whose streams became pages in a new folder. */
export async function spooled(source: Source, folder: string): Promise<Source> {
  const all = source.batches.flatMap(({ pages }) => pages);
  await removeAll(folder);
  if (!all.some(isStream)) return source;
  await onDisk(folder, () => Deno.mkdir(folder, { recursive: true }));
  const spool = new Spool(folder);
  const pages: (LocalPage | RemotePage)[] = [];
  for (const page of all) {
    if (!isStream(page)) pages.push(page);
    else for await (const kept of spool.pages(page)) pages.push(kept);
  }
  return {
    ...source,
    fingerprint: `${source.fingerprint}\n${spool.digest}`,
    batches: inBatches(pages, (page) => page.kind === "api" ? page.results : page.people ?? 0),
  };
}
