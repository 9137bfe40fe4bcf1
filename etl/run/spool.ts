// Streams are written to disk first, so that batches can be built concurrently and repeatedly.
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ByteBuffer } from "../common/utf8.ts";
import { makeFolder, removeAll, writeDurable } from "../load/dataset/mod.ts";
import { inBatches, type LocalPage, type RemotePage, type Source } from "../extract/pages/pages.ts";
import { PersonFields } from "../transform/validate/fields.ts";
import { redact, writeRedacted } from "../transform/validate/redact.ts";
import { findScanner, type OpenPage, openPages } from "./open_pages.ts";

const compressed = promisify(gzip);

function writePage({ people, version, seed, page = 1 }: OpenPage, body: ByteBuffer): number {
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

/** Replaces the streams of a source by pages in a new folder. */
export async function spooled(source: Source, folder: string): Promise<Source> {
  const all = source.batches.flatMap(({ pages }) => pages);
  await removeAll(folder);
  if (!all.some(({ kind }) => kind === "stream")) return source;
  await makeFolder(folder);
  const scanner = await findScanner();
  const hash = createHash("sha256");
  const body = new ByteBuffer(1 << 16);
  const pages: (LocalPage | RemotePage)[] = [];
  for (const page of all) {
    if (page.kind !== "stream") {
      pages.push(page);
      continue;
    }
    for await (const opened of openPages(page, { scanner })) {
      const people = writePage(opened, body);
      hash.update(body.written);
      const path = `${folder}/page-${String(pages.length + 1).padStart(6, "0")}.json.gz`;
      await writeDurable(path, await compressed(body.written, { level: 1 }));
      pages.push({ kind: "file", label: opened.label, path, people });
    }
  }
  return {
    ...source,
    fingerprint: `${source.fingerprint}\n${hash.digest("hex")}`,
    batches: inBatches(pages, (page) => page.kind === "api" ? page.results : page.people ?? 0),
  };
}
