import type { Result } from "../result.ts";

export type Out = (chunk: string | Uint8Array) => void;

export interface FormatOptions {
  /** The width of the terminal in characters; without it, the table has no width limit. */
  readonly columns?: number | undefined;
  /** Whether the user chose the format with `.mode` at the prompt. */
  readonly atPrompt?: boolean;
}

export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;
