// The one door of the byte scanner.
import type { OpenOptions } from "../extract/pages/saved_page.ts";

/** `undefined` where its folder was left out, so that all people are parsed. */
export async function findScanner(): Promise<OpenOptions["scanner"]> {
  try {
    return (await import("../transform/validate/fast/mod.ts")).scanner;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
