// JSON with its own SHA-256 as its last key.
import { sha256 } from "../../common/sha256.ts";

export function sealJson(content: object, space?: number): string {
  const { sha256: _, ...rest } = content as { readonly sha256?: unknown };
  return JSON.stringify({ ...rest, sha256: sha256(JSON.stringify(rest)) }, null, space);
}

/** `undefined` where it holds no SHA-256. */
export function isSealed(value: unknown): boolean | undefined {
  const { sha256: said, ...rest } = (value ?? {}) as { readonly sha256?: unknown };
  return said === undefined ? undefined : said === sha256(JSON.stringify(rest));
}
