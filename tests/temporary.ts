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

/** Makes a folder for one test. */
export async function temporary(): Promise<Temporary> {
  const path = slashed(await Deno.makeTempDir({ prefix: "debr-test-" }));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
