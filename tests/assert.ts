/**
 * Stands in for `@std/assert` where JSR cannot be reached: the same names over `node:assert`.
 * Where JSR is reached, one line in deno.json brings the real package:
 * `"@std/assert": "jsr:@std/assert@1"`.
 *
 * @module
 */
import assertNode from "node:assert/strict";

/** Fails unless `value` is truthy. */
export function assert(value: unknown, message?: string): asserts value {
  assertNode.ok(value, message);
}

/** Fails unless both are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assertNode.deepEqual(actual, expected, message);
}

/** Fails if both are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  assertNode.notDeepEqual(actual, expected, message);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  assertNode.ok(
    actual.includes(expected),
    message ?? `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`,
  );
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  assertNode.match(actual, expected, message);
}

/** Fails unless `value` is an instance of `type`. */
export function assertInstanceOf<T>(
  value: unknown,
  // deno-lint-ignore no-explicit-any
  type: abstract new (...args: any[]) => T,
  message?: string,
): asserts value is T {
  assertNode.ok(value instanceof type, message ?? `Expected an instance of ${type.name}`);
}

/** Fails unless `fn` throws a `type`; returns what it threw. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  type: abstract new (...args: any[]) => E = Error as never,
  messageIncludes = "",
): E {
  try {
    fn();
  } catch (error) {
    assertInstanceOf(error, type, `Expected ${type.name}, not ${error}`);
    assertStringIncludes(error.message, messageIncludes);
    return error;
  }
  throw new assertNode.AssertionError({ message: `Expected ${type.name} to be thrown` });
}

/** Fails unless the promise of `fn` rejects with a `type`; returns what it rejected with. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  type: abstract new (...args: any[]) => E = Error as never,
  messageIncludes = "",
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    assertInstanceOf(error, type, `Expected ${type.name}, not ${error}`);
    assertStringIncludes(error.message, messageIncludes);
    return error;
  }
  throw new assertNode.AssertionError({ message: `Expected ${type.name} to be rejected with` });
}
