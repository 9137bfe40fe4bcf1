import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { reject, validate } from "../../../etl/transform/validate/person.ts";
import { ada } from "../../people.ts";

Deno.test("a reject says where, which rule, and all other rules that failed", () => {
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

Deno.test("each text fails by its first rule alone", () => {
  const { failures } = validate(ada({ "location.country": "", "dob.date": "x" }), "1.4");
  assertEquals(failures?.map(({ path, rule }) => `${path} ${rule}`), [
    "location.country non_empty",
    "dob.date regex",
  ]);
});

Deno.test("whatever JSON stands for a person is validated and never throws", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const { person, failures } = validate(value, "1.4");
    assertEquals(person === undefined, failures !== undefined);
    for (const { rule, expected } of failures ?? []) assert(rule !== "" && expected !== "");
  }));
});

Deno.test("nationalities are those of the version", () => {
  const mexican = ada({ nat: "MX", "location.country": "Mexico" });
  assert(validate(mexican, "1.4").person);
  assert(!validate(mexican, "1.3").person);
});
