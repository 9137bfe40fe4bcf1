/**
 * Lands pages in this process, from what is asked to the files.
 *
 * @module
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { plan, type Wanted } from "../../../etl/run/plan.ts";
import { land, type Landed, type LandOptions } from "../../../etl/run/land/land.ts";
import type { Effects } from "../../../etl/common/effects.ts";
import { fakeEffects } from "../../extracted.ts";

/** Options of landing in a test. */
export type TestOptions = LandOptions & { readonly fetch?: Effects["fetch"] };

/** Lands what is wanted. */
export async function landed(
  wanted: Wanted,
  { fetch = globalThis.fetch, ...options }: TestOptions,
): Promise<Landed> {
  const effects = fakeEffects(fetch);
  const { source, client } = await plan(wanted, effects);
  return await land(source, { client, effects, ...options });
}

/** Changes the text of a landed file. */
export async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const text = gunzipSync(await Deno.readFile(path)).toString("utf8");
  await Deno.writeFile(path, gzipSync(change(text)));
}
