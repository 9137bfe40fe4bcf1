/**
 * Reads a page that is here already.
 *
 * @module
 */
import type { LocalPage } from "./pages.ts";
import { readSaved } from "./saved.ts";
import { syntheticPage } from "./synthetic/mod.ts";

/** The text of a page: a saved one from disk, a synthetic one made up. */
export async function readLocal(page: LocalPage): Promise<string> {
  return page.kind === "file" ? await readSaved(page.path) : syntheticPage(page.request);
}
