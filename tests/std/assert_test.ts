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

const EQUAL: readonly [a: unknown, b: unknown][] = [
  [{ a: [0, NaN] }, { a: [-0, NaN] }],
  [Object.create(null), {}],
  [new Set([{ a: 1 }, { b: 1 }]), new Set([{ b: 1 }, { a: 1 }])],
  [new Map([[{ x: 1 }, [1]]]), new Map([[{ x: 1 }, [1]]])],
  [new Float64Array([0]), new Float64Array([-0])],
];
const DIFFERENT: readonly [a: unknown, b: unknown][] = [
  [{ a: undefined }, {}],
  [{ a: undefined }, { b: undefined }],
  [[undefined], new Array(1)],
  [Object.assign([1], { x: 1 }), [1]],
  [new Error("a"), new Error("b")],
  [new (class Range {})(), {}],
  [new Intl.Locale("de"), new Intl.Locale("en")],
  [new URL("http://localhost/a"), new URL("http://localhost/b")],
  [new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [() => 1, () => 1],
];

Deno.test("values are equal by content, without regard to the sign of 0", () => {
  const [first, second]: { own?: unknown }[] = [{}, {}];
  first!.own = first;
  second!.own = second;
  for (const [a, b] of [...EQUAL, [first, second]]) {
    assertEquals(a, b);
    fails(() => assertNotEquals(a, b));
  }
  for (const [a, b] of DIFFERENT) {
    assertNotEquals(a, b);
    fails(() => assertEquals(a, b));
  }
  assertThrows(() => assertEquals(new WeakSet(), new WeakSet()), TypeError);
});

Deno.test("messages say what was expected, and end with the given message or a full stop", () => {
  const throws = (error: unknown) => () => {
    throw error;
  };
  const messages: readonly [fn: () => void, text: string][] = [
    [() => assertEquals({ a: 1 }, { a: 2 }, "why"), "Values are not equal: why\n"],
    [() => assertEquals({ a: 1 }, { a: 2 }), "-     a: 1,\n+     a: 2,\n    }"],
    [() => assertNotEquals("a", "a"), 'Expected actual: "a" not to be: "a".'],
    [() => assertInstanceOf(null, Date), 'an instance of "Date" but was "null".'],
    [() => assertInstanceOf(Date, Date, "why"), '"Date" but was not an instanced object: why'],
    [() => assertThrows(throws(1), Error), "A non-Error object was thrown."],
    [() => assertThrows(throws(new Error('"')), Error, "b"), 'include "b", but got "\\"".'],
    [() => assertThrows(() => 1, Error, "a", "why"), "Expected function to throw: why"],
  ];
  for (const [fn, text] of messages) fails(fn, text);
  assertThrows(throws(new Error("\x1b[31mred\x1b[0m hot")), Error, "red hot");
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
  const sync = "Function throws when expected to reject";
  await assertRejects(() => assertRejects(throws, TypeError), AssertionError, sync);
  await assertRejects(() => assertRejects((() => 1) as never), AssertionError, sync);
});
