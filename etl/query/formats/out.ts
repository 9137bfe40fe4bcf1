import type { Result } from "../result.ts";

export type Out = (chunk: string | Uint8Array) => void;

export interface FormatOptions {
  /** Width of the terminal in characters; without it a table is not limited. */
  readonly columns?: number | undefined;
  /** Whether the user chose the format with `.mode` at the prompt. */
  readonly atPrompt?: boolean;
}

export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;
