/**
 * `@std/assert` for use without JSR: the functions that debr uses, with its signatures and behaviour.
 * `deno task std` installs the real package.
 *
 * @module
 */
import { diff, stripVTControlCharacters } from "node:util";
import { equal } from "./equal.ts";

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
  throw new AssertionError(`${message}${also ? `: ${also}` : "."}`);
}

/** Returns a value as text, with each member on a line of its own. */
function format(value: unknown): string {
  return Deno.inspect(value, {
    depth: Infinity,
    sorted: true,
    trailingComma: true,
    compact: false,
    iterableLimit: Infinity,
    getters: true,
    strAbbreviateSize: Infinity,
  });
}

/** Returns the lines of both values: those of the first marked `-`, of the second `+`. */
function difference(actual: unknown, expected: unknown): string {
  const lines = (value: unknown) => (typeof value === "string" ? value : format(value)).split("\n");
  return diff(lines(actual), lines(expected))
    .map(([side, line]) => `${[" ", "-", "+"].at(side)}   ${line}`).join("\n");
}

/** Asserts that a value is truthy. Throws an `AssertionError` otherwise. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that two values are deeply equal; the error shows the difference. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  const suffix = msg ? `: ${msg}` : ".";
  const head = "    [Diff] Actual / Expected";
  throw new AssertionError(
    `Values are not equal${suffix}\n\n\n${head}\n\n\n${difference(actual, expected)}\n`,
  );
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  fail(`Expected actual: ${format(actual)} not to be: ${format(expected)}`, msg);
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

/** Returns how messages name the type of a value. */
function typeOf(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? value.constructor?.name ?? "Object" : typeof value;
}

/** Asserts that a value is an instance of a class. */
// deno-lint-ignore no-explicit-any
export function assertInstanceOf<T extends Class<any>>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  const [expected, type] = [expectedType.name, typeOf(actual)];
  const but = type === expected
    ? ""
    : type === "function"
    ? " but was not an instanced object"
    : ` but was "${type}"`;
  fail(`Expected object to be an instance of "${expected}"${but}`, msg);
}

/** The expectation of `assertThrows` and `assertRejects`: `(class, includes, msg)` or `(msg)`. */
type Wanted = readonly [errorClassOrMsg?: Class<Error> | string, includes?: string, msg?: string];

/** Returns the thrown error if it matches the expectation. */
function evaluateError(error: unknown, how: string, [type, includes = "", msg]: Wanted): unknown {
  if (type === undefined || typeof type === "string") return error;
  if (!(error instanceof Error)) fail(`A non-Error object was ${how}`, msg);
  if (!(error instanceof type)) {
    const found = (error as Error).constructor?.name;
    fail(`Expected error to be instance of "${type.name}", but was "${found}"`, msg);
  }
  const [text, part] = [error.message, includes].map(stripVTControlCharacters);
  if (!text!.includes(part!)) {
    const found = JSON.stringify(error.message);
    fail(`Expected error message to include ${JSON.stringify(includes)}, but got ${found}`, msg);
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
    return evaluateError(error, "thrown", wanted);
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
    return evaluateError(error, "rejected", wanted);
  }
  fail("Expected function to reject", messageOf(wanted));
}

/** Calls a function; fails if it throws or returns something other than a promise. */
function promiseOf(fn: () => PromiseLike<unknown>, wanted: Wanted): PromiseLike<unknown> {
  try {
    const promise = fn();
    if (typeof promise === "object" && typeof promise.then === "function") return promise;
  } catch { /* The failure below includes this. */ }
  fail("Function throws when expected to reject", messageOf(wanted));
}
