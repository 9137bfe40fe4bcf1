/**
 * SHA-256 of what is in memory: at once, where Web Crypto would copy it and answer later.
 *
 * @module
 */
import { hash } from "node:crypto";

/** SHA-256 of bytes, or of the UTF-8 of a text, as 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content);
}
