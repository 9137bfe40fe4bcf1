/**
 * What a format takes, and where it prints.
 *
 * @module
 */
import type { Result } from "../result.ts";

/** Takes what is printed. */
export type Out = (chunk: string | Uint8Array) => void;

/** What a format may want to know. */
interface FormatOptions {
  /** Width of the terminal in characters; without it a table is as wide as it wants. */
  readonly columns?: number | undefined;
}

/** Prints a result. */
export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;
