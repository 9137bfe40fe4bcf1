/**
 * Reads a page that is here already.
 *
 * @module
 */
import type { LocalPage } from "../pages/pages.ts";
import { type FileMemory, readSavedBytes } from "./saved.ts";

/** A page that lies in a file of its own, or is made up. */
type SinglePage = Exclude<LocalPage, { readonly kind: "landed" }>;

/** The bytes of a page: a saved one from disk, a synthetic one made up. */
export async function readLocalBytes(
  page: SinglePage,
  memory?: FileMemory,
): Promise<Uint8Array<ArrayBuffer>> {
  if (page.kind === "file") return await readSavedBytes(page.path, memory);
  // Its lists of names take a while to load.
  const { syntheticPage } = await import("../synthetic/mod.ts");
  return new TextEncoder().encode(syntheticPage(page.request));
}
