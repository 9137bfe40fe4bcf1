import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { judge } from "../../../etl/transform/validate/person.ts";
import { redact } from "../../../etl/transform/validate/redact.ts";
import { ADA, ada, pathsOf } from "../../people.ts";

const PATHS = pathsOf(ADA);

/** Ada with any JSON at one or two places, or a field left out. */
const anyPerson = fc.array(
  fc.tuple(fc.constantFrom(...PATHS), fc.oneof(fc.jsonValue(), fc.constant(undefined))),
  { minLength: 1, maxLength: 2 },
).map((changes) => {
  // A place inside one that was replaced is no place any more.
  const [[path, value], other] = changes as [[string, unknown], [string, unknown]?];
  const apart = other && !other[0].startsWith(path) && !path.startsWith(other[0]);
  return ada({ [path]: value, ...(apart && { [other[0]]: other[1] }) });
});

Deno.test("a person gets the same verdict with secrets and unknown fields dropped", () => {
  fc.assert(
    fc.property(fc.oneof(anyPerson, fc.jsonValue()), (person) => {
      for (const version of ["1.3", "1.4"] as const) {
        assertEquals(judge(redact(person, version), version), judge(person, version));
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("what is kept is what the schema names and nothing else", () => {
  const kept = redact(ada({ extra: 1, "name.extra": { a: 1 }, "login.extra": [1] }), "1.4");
  const secrets = ["password", "salt", "md5", "sha1"].map((name) => `login.${name}`);
  const expected = PATHS.filter((path) => !secrets.includes(path) && !path.endsWith(".age"));
  assertEquals(pathsOf(kept).sort(), expected.sort());
});

Deno.test("a judged person has no secrets, no ages and no unknown fields", () => {
  const { person } = judge(ada({ extra: 1 }), "1.4");
  assertEquals<unknown>(person, redact(ada(), "1.4"));
  assert(!JSON.stringify(person).includes(ADA.login.password));
});
