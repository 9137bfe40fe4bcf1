/**
 * Folders that are gone when the test is.
 *
 * @module
 */

/** A folder that is removed when disposed. */
export interface Temporary extends AsyncDisposable {
  readonly path: string;
}

/** Makes a folder for one test. */
export async function temporary(): Promise<Temporary> {
  const path = await Deno.makeTempDir({ prefix: "debr-test-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
