import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { mask, pathPrivacy } from "../../../etl/transform/validate/mask.ts";

Deno.test("a path has the privacy class of its column, and other paths are secret", () => {
  assertEquals(pathPrivacy("nat"), "public");
  assertEquals(pathPrivacy("location.city"), "personal");
  assertEquals(pathPrivacy("login.sha256"), "sensitive");
  assertEquals(pathPrivacy("id.value"), "sensitive");
  for (const path of ["login.password", "login", "", "elsewhere", "name"]) {
    assertEquals(pathPrivacy(path), "secret");
  }
});

Deno.test("public values are shown, personal ones as a shape, others as their type", () => {
  assertEquals(mask("LEGO", "public"), '"LEGO"');
  assertEquals(mask(5, "public"), "5");
  assertEquals(
    mask("Bjørn 42-a@b:c+مینا\u0000", "personal"),
    'a string like "Xxxxx 99-x@x:x+xxxx."',
  );
  assertEquals(mask(-4360.5, "personal"), 'a number like "-9999.9"');
  assertEquals(mask("x", "sensitive"), "a string");
  assertEquals(mask(true, "secret"), "a boolean");
  assertEquals(mask(undefined, "personal"), "nothing");
  assertEquals(mask(null, "public"), "null");
  assertEquals(mask([1], "public"), "a list");
  assertEquals(mask({ a: 1 }, "public"), "an object");
  assert(mask("x".repeat(1000), "public").length < 70);
});

Deno.test("the shape of a text contains none of its letters and digits", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const [, shape = ""] = /^a string like (.*)$/.exec(mask(text, "personal")) ?? [];
    assert(/^[xX9.… @:+"-]*$/.test(shape), shape);
  }));
});

Deno.test("all sensitive or secret texts have the same mask", () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom("sensitive" as const, "secret" as const), (
    text,
    privacy,
  ) => assertEquals(mask(text, privacy), "a string")));
});
