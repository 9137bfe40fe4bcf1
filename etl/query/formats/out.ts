import type { Result } from "../result.ts";

export type Out = (chunk: string | Uint8Array) => void;

interface FormatOptions {
  /** Width of the terminal in characters; without it a table is not limited. */
  readonly columns?: number | undefined;
}

export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;
