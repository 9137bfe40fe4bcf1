// The byte scanner: bytes in; a valid person as fields out, or the word to read it as JSON. It
// decides on speed alone, and debr works the same without this folder.
import type { ApiVersion } from "../../../../schema/mod.ts";
import type { Scanner } from "../../../extract/pages/pieces.ts";
import { PersonScanner } from "./scan.ts";

/** Makes what reads the people in some bytes. */
export function scanner(bytes: Uint8Array<ArrayBuffer>, version: ApiVersion): Scanner {
  return new PersonScanner(bytes, version);
}
