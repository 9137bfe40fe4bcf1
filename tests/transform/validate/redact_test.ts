import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { API_VERSIONS } from "../../../schema/mod.ts";
import { ByteBuffer, decodeUtf8 } from "../../../etl/common/utf8.ts";
import { openSavedPages } from "../../../etl/extract/pages/saved_page.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";
import { findScanner } from "../../../etl/run/open_pages.ts";
import { PersonFields } from "../../../etl/transform/validate/fields.ts";
import { validate } from "../../../etl/transform/validate/person.ts";
import { redact, writeRedacted } from "../../../etl/transform/validate/redact.ts";
import { ADA, ada, pathsOf } from "../../people.ts";

const scanner = await findScanner();

const PATHS = pathsOf(ADA);

/** Ada with random JSON at one or two paths, or without a field. */
const anyPerson = fc.array(
  fc.tuple(fc.constantFrom(...PATHS), fc.oneof(fc.jsonValue(), fc.constant(undefined))),
  { minLength: 1, maxLength: 2 },
).map((changes) => {
  // A path below a replaced one does not exist any more.
  const [[path, value], other] = changes as [[string, unknown], [string, unknown]?];
  const isSeparate = other && !other[0].startsWith(path) && !path.startsWith(other[0]);
  return ada({ [path]: value, ...(isSeparate && { [other[0]]: other[1] }) });
});

Deno.test("a person without secrets and unknown fields gets the same verdict", () => {
  fc.assert(
    fc.property(fc.oneof(anyPerson, fc.jsonValue()), (person) => {
      for (const version of ["1.3", "1.4"] as const) {
        assertEquals(validate(redact(person, version), version), validate(person, version));
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("only the fields of the schema are kept", () => {
  const kept = redact(ada({ extra: 1, "name.extra": { a: 1 }, "login.extra": [1] }), "1.4");
  const secrets = ["password", "salt", "md5", "sha1"].map((name) => `login.${name}`);
  const expected = PATHS.filter((path) => !secrets.includes(path) && !path.endsWith(".age"));
  assertEquals(pathsOf(kept).sort(), expected.sort());
});

Deno.test("a validated person has no secrets, no ages and no unknown fields", () => {
  const { person } = validate(ada({ extra: 1 }), "1.4");
  assertEquals<unknown>(person, redact(ada(), "1.4"));
  assert(!JSON.stringify(person).includes(ADA.login.password));
});

for (const version of API_VERSIONS) {
  Deno.test(`version ${version}: a person read from bytes is written like the redacted JSON`, () => {
    const all = JSON.parse(syntheticPage({ seed: "r", page: 1, results: 300, version }));
    const ascii = JSON.stringify(all).replaceAll(
      /[^\0-\x7f]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    for (const text of [JSON.stringify(all), JSON.stringify(all, null, 2), ascii]) {
      const bytes = new TextEncoder().encode(text);
      const [page] = openSavedPages({ bytes, label: "page", scanner });
      let scanned = 0;
      let row = 0;
      for (const found of page!.people) {
        const expected = JSON.stringify(redact(all.results[row++], version));
        if (!(found instanceof PersonFields)) continue;
        scanned++;
        const to = new ByteBuffer();
        writeRedacted(found, to);
        assertEquals(decodeUtf8(to.written), expected);
      }
      assert(scanned > 290, `${scanned}`);
    }
  });
}
