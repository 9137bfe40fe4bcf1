// deno-lint-ignore-file no-explicit-any
/**
 * A Valibot schema as a public type. Valibot's own `GenericSchema` refers to types that it does not
 * export, which documentation cannot name.
 *
 * @module
 */

/** Any Valibot schema with input `I` and output `O`; Valibot's functions accept it. */
export interface Schema<I = unknown, O = I> {
  /** Distinguishes schemas from actions. */
  readonly kind: "schema";
  /** Valibot's name of the schema. */
  readonly type: string;
  /** The function that made it. */
  readonly reference: any;
  /** Valibot's name of the expected value. */
  readonly expects: string;
  /** No schema of debr is asynchronous. */
  readonly async: false;
  /** The schema as Standard Schema. */
  readonly "~standard": any;
  /** The function that Valibot calls. */
  readonly "~run": any;
  /** The types of input, output and issue. */
  readonly "~types"?: { readonly input: I; readonly output: O; readonly issue: any } | undefined;
}
