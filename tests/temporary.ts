/**
 * Folders that are gone when the test is.
 *
 * @module
 */

import { slashed } from "../etl/common/path.ts";

/** A folder that is removed when disposed. */
export interface Temporary extends AsyncDisposable {
  readonly path: string;
}

/** Makes a folder for one test, in the system's folder for such or another. */
export async function temporary({ dir }: { readonly dir?: string } = {}): Promise<Temporary> {
  const options = { prefix: "debr-test-", ...(dir !== undefined && { dir }) };
  const path = slashed(await Deno.makeTempDir(options));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
