/**
 * Temporary folders that are removed after the test.
 *
 * @module
 */

import { slashed } from "../etl/common/path.ts";

/** A folder; disposing it removes it. */
export interface Temporary extends AsyncDisposable {
  readonly path: string;
}

/** Makes a temporary folder, by default in the system's folder for them. */
export async function temporary({ dir }: { readonly dir?: string } = {}): Promise<Temporary> {
  const options = { prefix: "debr-test-", ...(dir !== undefined && { dir }) };
  const path = slashed(await Deno.makeTempDir(options));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
