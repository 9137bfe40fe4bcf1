// deno-lint-ignore-file no-explicit-any
/**
 * A Valibot schema as a public type. Valibot's own `GenericSchema` leads to types that it does not
 * export, which documentation could then not name.
 *
 * @module
 */

/** Any Valibot schema that takes `I` and gives `O`; Valibot's functions take it. */
export interface Schema<I = unknown, O = I> {
  /** Tells schemas from actions. */
  readonly kind: "schema";
  /** Valibot's name of the schema. */
  readonly type: string;
  /** The function that made it. */
  readonly reference: any;
  /** What it expects, in Valibot's words. */
  readonly expects: string;
  /** No schema of debr is asynchronous. */
  readonly async: false;
  /** The schema as Standard Schema. */
  readonly "~standard": any;
  /** What Valibot calls. */
  readonly "~run": any;
  /** The types it takes and gives. */
  readonly "~types"?: { readonly input: I; readonly output: O; readonly issue: any } | undefined;
}
