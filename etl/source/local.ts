/**
 * Reads a page that is here already.
 *
 * @module
 */
import type { LocalPage } from "./pages.ts";
import { readSaved } from "./saved.ts";

/** The text of a page: a saved one from disk, a synthetic one made up. */
export async function readLocal(page: LocalPage): Promise<string> {
  if (page.kind === "file") return await readSaved(page.path);
  // Its lists of names take a while to load.
  const { syntheticPage } = await import("./synthetic/mod.ts");
  return syntheticPage(page.request);
}
