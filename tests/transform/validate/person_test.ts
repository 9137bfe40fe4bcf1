import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { reject, validate } from "../../../etl/transform/validate/person.ts";
import { ada } from "../../people.ts";

Deno.test("a reject has the place, the first failed rule and all others", () => {
  const { failures } = validate(ada({ gender: 5, "location.city": undefined }), "1.4");
  assert(failures);
  assertEquals(reject(failures, { page: "p.json", row: 7 }), {
    page: "p.json",
    row: 7,
    path: "gender",
    rule: "picklist",
    expected: "female or male",
    received: "5",
    also: [{ path: "location.city", rule: "required", expected: "a value", received: "nothing" }],
  });
});

Deno.test("each text reports only its first failed rule", () => {
  const { failures } = validate(ada({ "location.country": "", "dob.date": "x" }), "1.4");
  assertEquals(failures?.map(({ path, rule }) => `${path} ${rule}`), [
    "location.country non_empty",
    "dob.date regex",
  ]);
});

Deno.test("any JSON value is validated without an exception", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const { person, failures } = validate(value, "1.4");
    assertEquals(person === undefined, failures !== undefined);
    for (const { rule, expected } of failures ?? []) assert(rule !== "" && expected !== "");
  }));
});

Deno.test("each version has its own nationalities", () => {
  const mexican = ada({ nat: "MX", "location.country": "Mexico" });
  assert(validate(mexican, "1.4").person);
  assert(!validate(mexican, "1.3").person);
});
