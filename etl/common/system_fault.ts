// Refusals of the operating system: faults of the world or of a path, not defects.
import { decodeMarked, NO_TEXT } from "./byte_order_mark.ts";
import { DebrError, DestinationError, type ErrorDetails, UsageError } from "./errors.ts";

const SYSTEM = /^(.*) \(os error (\d+)\)(?:: \w+ '(.*)')?/s;

/** The system's errors end with a number, `(os error 28)`. Errors of debr quote them. */
export function isSystemFault(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof DebrError) &&
    !(error instanceof Deno.errors.NotCapable) &&
    (SYSTEM.test(error.message) || "errno" in error);
}

/** A disk or a quota is full. */
const FULL = Deno.build.os === "windows" ? [39, 112] : [28, 69, 122];

/** Also looks at the causes. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const number = Number(/\(os error (\d+)\)/.exec(error.message)?.[1]);
  return FULL.includes(number) || /\bENOSPC\b/.test(error.message) || isDiskFull(error.cause);
}

/** Such as `is a directory`, without numbers and paths. */
export function systemReason({ message }: Error): string {
  const reason = (SYSTEM.exec(message)?.[1] ?? message).trim();
  return reason.slice(0, 1).toLowerCase() + reason.slice(1);
}

/** Turns a system error into debr's, with the path; others are not changed. */
export function asExpected(error: unknown): unknown {
  if (!isSystemFault(error)) return error;
  const path = SYSTEM.exec(error.message)?.[3];
  return new DestinationError(
    `Cannot read or write${path === undefined ? "" : ` ${path}`}: ${systemReason(error)}`,
    {
      step: "files",
      next:
        "Check that it is what its name says, that this user may use it, and that there is room",
      cause: error,
    },
  );
}

async function whyUnread(path: string, cause: unknown): Promise<string | undefined> {
  if (cause instanceof TypeError) return NO_TEXT;
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (!isSystemFault(cause)) return undefined;
  // Windows says only that access is denied.
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.isDirectory ? "it is a folder" : systemReason(cause);
}

/**
 * Reads a text file that a person named, in UTF-8 or marked UTF-16. Throws a `UsageError` that says
 * why it cannot be read, what the file is for and what to name instead.
 */
export async function readNamed(
  path: string,
  { what, step, next }: Pick<ErrorDetails, "step" | "next"> & { what: string },
): Promise<string> {
  try {
    return decodeMarked(await Deno.readFile(path));
  } catch (cause) {
    const reason = await whyUnread(path, cause);
    if (reason === undefined) throw cause;
    throw new UsageError(`Cannot read ${what} from ${path}: ${reason}`, {
      step,
      cause,
      ...(next !== undefined && { next }),
    });
  }
}
