// The only import of the byte scanner.
import type { OpenOptions } from "../extract/pages/saved_page.ts";

/** Loads the scanner; `undefined` if its folder is missing, and then all people are parsed. */
export async function findScanner(): Promise<OpenOptions["scanner"]> {
  try {
    return (await import("../transform/validate/fast/mod.ts")).scanner;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
