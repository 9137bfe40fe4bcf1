// Two pages of synthetic people with every quirk of the API.
import { gzipSync } from "node:zlib";
import { DEFAULT_VERSION } from "../../schema/mod.ts";
import { historyPath, layout, makeFolder, removeAll, writeDurable } from "../load/dataset/mod.ts";
import { syntheticPage } from "../extract/synthetic/mod.ts";
import { checkSavedPage } from "../extract/pages/documents.ts";
import { redact } from "../transform/validate/redact.ts";
import { sampleSource } from "./plan.ts";
import { extract, type ExtractResult } from "./run.ts";

// Pages with rare quirks: an empty street name and a negative zero in the first, a city with quotes
// in the second.
const SEEDS = ["sample-3316", "sample-733"];

const RESULTS = 500;

function samplePage(seed: string): string {
  const version = DEFAULT_VERSION;
  const label = `synthetic:${seed}/1`;
  const { people } = checkSavedPage(syntheticPage({ seed, page: 1, results: RESULTS, version }), {
    label,
  });
  return JSON.stringify({
    results: people.map((person) => redact(person, version)),
    info: { seed, results: RESULTS, page: 1, version },
  });
}

/** Writes the sample; its bytes are deterministic for each version of debr. */
export async function writeSample(root: string): Promise<ExtractResult> {
  const pages = `${root}/pages`;
  await removeAll(pages);
  await makeFolder(pages);
  for (const [index, seed] of SEEDS.entries()) {
    const bytes = new TextEncoder().encode(samplePage(seed));
    const zipped = gzipSync(bytes, { level: 9 });
    // This byte names the operating system of the compressor.
    zipped[9] = 3;
    await writeDurable(`${pages}/page-${index + 1}.json.gz`, zipped);
  }
  const source = await sampleSource(`${pages}/`);
  const result = await extract(source, { root, maxRejects: { people: 0 } });
  const { lock, staging } = layout(root);
  for (const path of [lock, historyPath(root), staging]) await removeAll(path);
  return result;
}
