// The one door of the byte scanner: nothing else knows its folder.
import type { OpenOptions } from "../extract/pages/saved_page.ts";

/** What reads people by bytes; `undefined` where its folder was left out, so that all are parsed. */
export async function findScanner(): Promise<OpenOptions["scanner"]> {
  try {
    return (await import("../transform/validate/fast/mod.ts")).scanner;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
