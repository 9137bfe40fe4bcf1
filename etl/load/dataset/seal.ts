// Makes and checks JSON with its own SHA-256 as the last key.
import { sha256 } from "../../common/sha256.ts";

export function sealJson(content: object, space?: number): string {
  const { sha256: _, ...rest } = content as { readonly sha256?: unknown };
  return JSON.stringify({ ...rest, sha256: sha256(JSON.stringify(rest)) }, null, space);
}

/** Returns whether the SHA-256 is right; `undefined` if there is none. */
export function isSealed(value: unknown): boolean | undefined {
  const { sha256: said, ...rest } = (value ?? {}) as { readonly sha256?: unknown };
  return said === undefined ? undefined : said === sha256(JSON.stringify(rest));
}
