/**
 * Assertions about types: a file with a wrong assertion does not compile.
 *
 * @module
 */

/** `true` if two types are the same, also in `readonly` and optional fields. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2)
  ? true
  : false;

/** Asserts that a type is `true` at compile time. */
export function holds<_Assertion extends true>(): void {}
