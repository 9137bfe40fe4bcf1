// Writes streams to disk as redacted pages before a run, so that batches can be built concurrently
// and repeatedly.
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ByteBuffer } from "../common/utf8.ts";
import { onDisk, removeAll, writeDurable } from "../load/dataset/mod.ts";
import { inBatches, type LocalPage, type RemotePage, type Source } from "../extract/pages/pages.ts";
import { PersonFields } from "../transform/validate/fields.ts";
import { redact, writeRedacted } from "../transform/validate/redact.ts";
import { type OpenPage, openPages } from "./open_pages.ts";
import { findScanner } from "./scanner.ts";

type Stream = LocalPage & { readonly kind: "stream" };

const compressed = promisify(gzip);

class Spool {
  readonly #hash = createHash("sha256");
  readonly #body = new ByteBuffer(1 << 16);
  #pages = 0;

  constructor(readonly folder: string) {}

  /** Identifies the content. */
  get digest(): string {
    return this.#hash.digest("hex");
  }

  /** Writes the page as redacted JSON; returns its number of people. */
  #redact({ people, version, seed, page = 1 }: OpenPage): number {
    const body = this.#body;
    body.clear();
    body.text(seed === undefined ? "[" : '{"results":[');
    let results = 0;
    for (const person of people) {
      if (results++ > 0) body.text(",");
      if (person instanceof PersonFields) writeRedacted(person, body);
      else body.text(JSON.stringify(redact(person, version)));
    }
    const info = { seed, results, page, version };
    body.text(seed === undefined ? "]" : `],"info":${JSON.stringify(info)}}`);
    return results;
  }

  async *pages(stream: Stream): AsyncGenerator<LocalPage, void> {
    for await (const page of openPages(stream, { scanner: await findScanner() })) {
      const people = this.#redact(page);
      this.#hash.update(this.#body.written);
      const path = `${this.folder}/page-${String(++this.#pages).padStart(6, "0")}.json.gz`;
      await writeDurable(path, await compressed(this.#body.written, { level: 1 }));
      yield { kind: "file", label: page.label, path, people };
    }
  }
}

function isStream(page: LocalPage | RemotePage): page is Stream {
  return page.kind === "stream";
}

/** Replaces the streams of a source by pages in a new folder. */
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
