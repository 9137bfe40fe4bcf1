/**
 * Files of many formats; skipped unless a folder of them is next to the project.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { pathOfUrl } from "../../etl/common/path.ts";
import { DebrError, EXIT } from "../../etl/common/errors.ts";
import { extracted } from "../extracted.ts";
import { temporary } from "../temporary.ts";

const CASES = pathOfUrl(new URL("../../../shared/cases/", import.meta.url));

function exists(): boolean {
  try {
    return Deno.statSync(CASES).isDirectory;
  } catch {
    return false;
  }
}

/** The number of people in a file, or its error message. */
const EXPECTED: Readonly<Record<string, number | RegExp>> = {
  "people.ndjson": 3,
  "pages.ndjson": 6,
  "array-of-pages.json": 6,
  "utf-16.json": 3,
  "gzip-without-ending.json": 3,
  "plain-with-gz-ending.json.gz": 3,
  "wrapped.json": /people at data\.results/,
  "database.json": /people at users/,
  "trailing-comma.json": /a comma before "}", at line \d+, column \d+/,
  "truncated.json": /it ends too early, inside an object, at line \d+, column \d+/,
  "error-page.json": /an HTML page, at line 1, column 1/,
  "format-csv.json": /a CSV header, at line 1, column 1/,
  "module.js.json": /a JavaScript module, at line 1, column 1/,
};

/** Names and addresses of people in these files, which no message may contain. */
const VALUES = /Gail|Fisher|Toowoomba|Vidoje|@example/;

for (const [name, expected] of Object.entries(EXPECTED)) {
  Deno.test(`${name} is extracted, or refused with a reason`, { ignore: !exists() }, async () => {
    await using folder = await temporary();
    const run = () => extracted({ source: CASES + name }, { root: folder.path });
    if (typeof expected === "number") {
      const { manifest } = await run();
      const people = { received: expected, rejected: 0, repeated: 0, forgotten: 0 };
      assertEquals(manifest.people, people);
      return;
    }
    const { status, message, next } = await assertRejects(run, DebrError);
    assertEquals<number>(status, EXIT.source);
    assert(expected.test(message) && !VALUES.test(message), message);
    assert(next !== undefined);
  });
}
