/**
 * Runs `extract` in this process, from the request to the committed tables.
 *
 * @module
 */
import { plan, type Wanted } from "../etl/run/plan.ts";
import { extract, type ExtractResult } from "../etl/run/run.ts";
import type { ExtractOptions } from "../etl/run/stage.ts";
import { type Effects, REAL } from "../etl/common/effects.ts";

/** Options of a run in a test: those of `extract`, with all rejects allowed by default. */
export type TestOptions =
  & Partial<ExtractOptions>
  & { readonly root: string; readonly fetch?: typeof fetch };

/** Returns real effects, but with this `fetch` and a clock that `sleep` advances without waiting. */
export function fakeEffects(fetch: Effects["fetch"]): Effects {
  let now = Date.UTC(2030, 0);
  const sleep = (ms: number) => Promise.resolve(void (now += ms));
  return { ...REAL, fetch, sleep, now: () => now };
}

/** Extracts the request into the tables under `root`. */
export async function extracted(
  wanted: Wanted,
  { fetch = REAL.fetch, ...options }: TestOptions,
): Promise<ExtractResult> {
  const { source, client } = await plan(wanted, fakeEffects(fetch));
  return await extract(source, { client, maxRejects: { share: 1 }, ...options });
}

/** Saves pages as `page-1.json`, `page-2.json`, … and returns their folder. */
export async function savePages(folder: string, pages: readonly unknown[]): Promise<string> {
  const path = `${folder}/pages`;
  await Deno.mkdir(path, { recursive: true });
  for (const [index, page] of pages.entries()) {
    await Deno.writeTextFile(`${path}/page-${index + 1}.json`, JSON.stringify(page));
  }
  return path;
}
