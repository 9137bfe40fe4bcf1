// Transfers errors from workers: only text can cross threads, not the class of an error.
import {
  DataError,
  DebrError,
  DestinationError,
  EXIT,
  type ExitStatus,
  RateLimitError,
  SourceError,
  UsageError,
} from "./errors.ts";

export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: Fault | undefined;
  readonly debr?: Pick<DebrError, "status" | "step" | "next" | "transient">;
}

const CLASSES: Partial<Record<ExitStatus, typeof UsageError>> = {
  [EXIT.usage]: UsageError,
  [EXIT.source]: SourceError,
  [EXIT.rateLimit]: RateLimitError,
  [EXIT.data]: DataError,
  [EXIT.destination]: DestinationError,
};

export function packFault(error: unknown): Fault {
  if (!(error instanceof Error)) {
    return { name: "Error", message: String(error), stack: undefined, cause: undefined };
  }
  const { name, message, stack } = error;
  const cause = error.cause === undefined ? undefined : packFault(error.cause);
  if (!(error instanceof DebrError)) return { name, message, stack, cause };
  const { status, step, next, transient } = error;
  return { name, message, stack, cause, debr: { status, step, next, transient } };
}

/** Makes an error of debr's or Deno's class; other classes become an `Error` with their name. */
export function unpackFault({ name, message, stack, cause, debr }: Fault): Error {
  const inner = cause && unpackFault(cause);
  const Debr = debr && CLASSES[debr.status];
  if (debr && Debr) return new Debr(message, { ...debr, cause: inner });
  const Native = (Deno.errors as unknown as Record<string, ErrorConstructor | undefined>)[name];
  const error = Native ? new Native(message) : new Error(message, inner && { cause: inner });
  if (!Native) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
