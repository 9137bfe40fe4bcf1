/**
 * Reads a page that is here already.
 *
 * @module
 */
import type { LocalPage } from "./pages.ts";
import { readSavedBytes } from "./saved.ts";

/** The bytes of a page: a saved one from disk, a synthetic one made up. */
export async function readLocalBytes(page: LocalPage): Promise<Uint8Array<ArrayBuffer>> {
  if (page.kind === "file") return await readSavedBytes(page.path);
  // Its lists of names take a while to load.
  const { syntheticPage } = await import("./synthetic/mod.ts");
  return new TextEncoder().encode(syntheticPage(page.request));
}
