/**
 * Reads a page that is here already.
 *
 * @module
 */
import type { LocalPage } from "./pages.ts";
import { readSavedBytes } from "./saved.ts";
import { syntheticPage } from "./synthetic/mod.ts";

/** The bytes of a page: a saved one from disk, a synthetic one made up. */
export async function readLocalBytes(page: LocalPage): Promise<Uint8Array<ArrayBuffer>> {
  if (page.kind === "file") return await readSavedBytes(page.path);
  return new TextEncoder().encode(syntheticPage(page.request));
}
