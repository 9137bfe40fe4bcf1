/**
 * Lands pages in this process, from the request to the files.
 *
 * @module
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { plan, type Wanted } from "../../../etl/run/plan.ts";
import { land, type Landed, type LandOptions } from "../../../etl/run/land/land.ts";
import type { Effects } from "../../../etl/common/effects.ts";
import { fakeEffects } from "../../extracted.ts";

/** The options of `land`, with a fake `fetch`. */
export type TestOptions = LandOptions & { readonly fetch?: Effects["fetch"] };

/** Plans a request and lands its pages. */
export async function landed(
  request: Wanted,
  { fetch = globalThis.fetch, ...options }: TestOptions,
): Promise<Landed> {
  const effects = fakeEffects(fetch);
  const { source, client } = await plan(request, effects);
  return await land(source, { client, effects, ...options });
}

/** Changes the text of a landed file. */
export async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const text = gunzipSync(await Deno.readFile(path)).toString("utf8");
  await Deno.writeFile(path, gzipSync(change(text)));
}
