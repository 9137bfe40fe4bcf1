import type { Result } from "../result.ts";

export type Out = (chunk: string | Uint8Array) => void;

export interface FormatOptions {
  /** Width of the terminal in characters; without it a table is not limited. */
  readonly columns?: number | undefined;
  /** Whether a person at the prompt chooses the format, by `.mode`. */
  readonly atPrompt?: boolean;
}

export type Format = (result: Result, out: Out, options?: FormatOptions) => Promise<void>;
