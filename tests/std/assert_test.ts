/**
 * The adapters of `@std/assert` do what its documentation says; the same file passes with the real
 * package.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertInstanceOf,
  AssertionError,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";

const fails = (fn: () => void, text = "") => assertThrows(fn, AssertionError, text);

Deno.test("what holds passes, what does not throws an AssertionError with the message given", () => {
  assert("hello".includes("ello"));
  fails(() => assert("hello".includes("world"), "no world"), "no world");
  assertEquals({ a: [1, new Date(0)] }, { a: [1, new Date(0)] });
  fails(() => assertEquals("world", "hello", "also"), "also");
  assertNotEquals(1, 2);
  fails(() => assertNotEquals([1], [1]));
  assertStringIncludes("Hello", "ello");
  fails(() => assertStringIncludes("Hello", "world"), 'to contain: "world"');
  assertMatch("Raptor", /Raptor/);
  fails(() => assertMatch("Denosaurus", /Raptor/), "to match");
  assertInstanceOf(new Date(), Date);
  fails(() => assertInstanceOf(new Date(), Number), "Number");
});

Deno.test("assertThrows returns what was thrown: unknown, or an error of the class given", () => {
  const thrown: unknown = assertThrows(() => {
    throw "a text";
  });
  assertEquals(thrown, "a text");
  const range: RangeError = assertThrows(
    () => {
      throw new RangeError("far away");
    },
    RangeError,
    "far",
  );
  assertEquals(range.message, "far away");
  fails(() =>
    assertThrows(() => {
      throw new TypeError("x");
    }, RangeError), "RangeError");
  fails(() =>
    assertThrows(
      () => {
        throw new RangeError("near");
      },
      RangeError,
      "far",
    ), "far");
  fails(() => assertThrows(() => undefined, "nothing came"), "nothing came");
});

Deno.test("assertRejects does the same with promises", async () => {
  const one: unknown = await assertRejects(() => Promise.reject(1));
  assertEquals(one, 1);
  const error: TypeError = await assertRejects(
    () => Promise.reject(new TypeError("bad type")),
    TypeError,
    "type",
  );
  assertEquals(error.name, "TypeError");
  await assertRejects(
    () => assertRejects(() => Promise.reject(new Error("x")), TypeError),
    AssertionError,
  );
  await assertRejects(() => assertRejects(() => Promise.resolve()), AssertionError, "reject");
  const throws = () => {
    throw new TypeError("at once");
  };
  await assertRejects(() => assertRejects(throws, TypeError), AssertionError);
  await assertRejects(() => assertRejects((() => 1) as never), AssertionError);
});
