/**
 * The adapters of `@std/assert` behave as its documentation describes. This file also passes with the
 * real package.
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

Deno.test("a true assertion passes, and a false one throws an AssertionError with the given message", () => {
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

Deno.test("assertThrows returns the thrown value, typed as unknown or as the given class", () => {
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
  fails(() => assertThrows(() => undefined, "nothing thrown"), "nothing thrown");
});

Deno.test("assertRejects returns the rejected value in the same way", async () => {
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
    throw new TypeError("synchronous");
  };
  await assertRejects(() => assertRejects(throws, TypeError), AssertionError);
  await assertRejects(() => assertRejects((() => 1) as never), AssertionError);
});
