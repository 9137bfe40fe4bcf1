// The byte scanner: it reads valid people as fields and leaves all others to the JSON parser. It is
// an optimization; debr works the same without this folder.
import type { ApiVersion } from "../../../../schema/mod.ts";
import type { Scanner } from "../../../extract/pages/pieces.ts";
import { PersonScanner } from "./scan.ts";

export function scanner(bytes: Uint8Array<ArrayBuffer>, version: ApiVersion): Scanner {
  return new PersonScanner(bytes, version);
}
