/**
 * Assertions about types: a file that uses them does not compile where they are wrong.
 *
 * @module
 */

/** `true` where two types are the same, also in `readonly` and optional fields. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2)
  ? true
  : false;

/** Names what holds of types; does nothing when run. */
export function holds<_Assertion extends true>(): void {}
