// JSON that holds its own SHA-256, as its last key: what describes other files must itself be
// whole.
import { sha256 } from "../../common/sha256.ts";

/** The text of an object with the SHA-256 of it; `space` as in `JSON.stringify`. */
export function sealJson(content: object, space?: number): string {
  const { sha256: _, ...rest } = content as { readonly sha256?: unknown };
  return JSON.stringify({ ...rest, sha256: sha256(JSON.stringify(rest)) }, null, space);
}

/** Whether an object is what was sealed; `undefined` where it holds no SHA-256. */
export function isSealed(value: unknown): boolean | undefined {
  const { sha256: said, ...rest } = (value ?? {}) as { readonly sha256?: unknown };
  return said === undefined ? undefined : said === sha256(JSON.stringify(rest));
}
