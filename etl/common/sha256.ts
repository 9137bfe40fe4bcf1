// Synchronous SHA-256: Web Crypto copies the data and is asynchronous.
import { hash } from "node:crypto";

/** Returns the SHA-256 of bytes or of a text's UTF-8, as 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content);
}
