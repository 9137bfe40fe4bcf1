/**
 * `@std/assert` for use without JSR: its names, signatures and behaviour over `node:assert`.
 * `deno task std` installs the real package.
 *
 * @module
 */
import assertNode from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

// deno-lint-ignore no-explicit-any
type Class<T> = abstract new (...args: any[]) => T;

/** The error of a failed assertion. */
export class AssertionError extends Error {
  override name = "AssertionError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

function fail(message: string, also?: string): never {
  throw new AssertionError(also ? `${message}: ${also}` : message);
}

/** Asserts that a value is truthy. Throws an `AssertionError` otherwise. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that two values are deeply equal; the error shows the difference. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  try {
    assertNode.deepEqual(actual, expected);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), msg);
  }
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (isDeepStrictEqual(actual, expected)) {
    fail(`Expected actual: ${Deno.inspect(actual)} not to be: ${Deno.inspect(expected)}`, msg);
  }
}

/** Asserts that a text contains another. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) {
    fail(`Expected actual: "${actual}" to contain: "${expected}"`, msg);
  }
}

/** Asserts that a text matches a pattern. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) fail(`Expected actual: "${actual}" to match: "${expected}"`, msg);
}

/** Asserts that a value is an instance of a class. */
// deno-lint-ignore no-explicit-any
export function assertInstanceOf<T extends Class<any>>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (!(actual instanceof expectedType)) {
    fail(`Expected object to be an instance of "${expectedType.name}" but was "${actual}"`, msg);
  }
}

/** The expectation of `assertThrows` and `assertRejects`: `(class, includes, msg)` or `(msg)`. */
type Wanted = readonly [errorClassOrMsg?: Class<Error> | string, includes?: string, msg?: string];

/** Returns the thrown error if it matches the expectation. */
function evaluateError(error: unknown, [type, includes, msg]: Wanted): unknown {
  if (type === undefined || typeof type === "string") return error;
  if (!(error instanceof Error)) fail("A non-Error object was thrown or rejected", msg);
  if (!(error instanceof type)) {
    fail(
      `Expected error to be instance of "${type.name}", but was "${
        (error as Error).constructor.name
      }"`,
      msg,
    );
  }
  if (includes && !error.message.includes(includes)) {
    fail(`Expected error message to include "${includes}", but got "${error.message}"`, msg);
  }
  return error;
}

function messageOf([type, , msg]: Wanted): string | undefined {
  return typeof type === "string" ? type : msg;
}

/** Asserts that a function throws; returns the thrown value. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that a function throws an error of a class, with a text in its message. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(fn: () => unknown, ...wanted: Wanted): unknown {
  try {
    fn();
  } catch (error) {
    return evaluateError(error, wanted);
  }
  fail("Expected function to throw", messageOf(wanted));
}

/** Asserts that a promise is rejected; returns the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that a promise is rejected with an error of a class, with a text in its message. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ...wanted: Wanted
): Promise<unknown> {
  const promise = promiseOf(fn, wanted);
  try {
    await promise;
  } catch (error) {
    return evaluateError(error, wanted);
  }
  fail("Expected function to reject", messageOf(wanted));
}

/** Calls a function; fails if it throws or returns something other than a promise. */
function promiseOf(fn: () => PromiseLike<unknown>, wanted: Wanted): PromiseLike<unknown> {
  try {
    const promise = fn();
    if (typeof promise?.then === "function") return promise;
  } catch { /* Said below, like what is no promise. */ }
  fail("Expected function to return a promise", messageOf(wanted));
}
