// Synchronous SHA-256 in memory: Web Crypto would copy the data and answer later.
import { hash } from "node:crypto";

/** SHA-256 of bytes, or of the UTF-8 of a text, as 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content);
}
