// Recognizes the errors of libraries and programs, by their codes or else by their messages.
import type { NextStep } from "./next_step.ts";

export interface KnownFault<Context> {
  readonly codes?: RegExp;
  /** Matches the message, if no code is known. */
  readonly says?: RegExp;
  readonly reason?: (context: Context) => string;
  readonly next: (context: Context, said: string) => string | NextStep;
  readonly transient?: boolean;
}

export function findFault<Context>(
  faults: readonly KnownFault<Context>[],
  { codes, message = "" }: { codes: readonly string[]; message?: string | undefined },
): KnownFault<Context> | undefined {
  return faults.find((fault) => codes.some((code) => fault.codes?.test(code))) ??
    faults.find((fault) => fault.says?.test(message));
}
