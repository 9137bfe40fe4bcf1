/**
 * What Valibot's schemas and actions are made of, as far as others than Valibot read it.
 *
 * @module
 */

/** A schema or an action. */
export interface Parts {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly Parts[];
  readonly entries?: Readonly<Record<string, Parts>>;
  readonly options?: readonly unknown[];
  readonly wrapped?: Parts;
  readonly requirement?: unknown;
  readonly metadata?: Metadata;
}

/** What the schema says as data of rules that are functions. */
export interface Metadata {
  /** All rules of a text as one pattern. */
  readonly exact?: RegExp;
  /** Either all of these fields have these values, or none has. */
  readonly together?: Readonly<Record<string, string | null>>;
  /** A field of one table, the other its value there. */
  readonly pairs?: {
    readonly keys: string;
    readonly values: string;
    readonly of: Readonly<Record<string, string>>;
  };
}

/** The type of a schema, whether actions follow it or not. */
export function typeOf({ pipe, type }: Parts): string {
  return pipe?.[0]?.type ?? type;
}

/** What the actions of a pipe say as data. */
export function metadataOf(pipe: readonly Parts[]): Metadata {
  return Object.assign({}, ...pipe.map(({ metadata }) => metadata));
}
