// Errors of the operating system: expected errors, not defects of debr.
import { decodeMarked, NO_TEXT } from "./byte_order_mark.ts";
import { DebrError, DestinationError, type ErrorDetails, UsageError } from "./errors.ts";

const SYSTEM = /^(.*) \(os error (\d+)\)(?:: \w+ '(.*)')?/s;

/** Detects a system error by its number, `(os error 28)`, which debr's errors may quote. */
export function isSystemFault(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof DebrError) &&
    !(error instanceof Deno.errors.NotCapable) &&
    (SYSTEM.test(error.message) || "errno" in error);
}

/** Error numbers of a full disk or quota. */
const FULL = Deno.build.os === "windows" ? [39, 112] : [28, 69, 122];

export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const number = Number(/\(os error (\d+)\)/.exec(error.message)?.[1]);
  return FULL.includes(number) || /\bENOSPC\b/.test(error.message) || isDiskFull(error.cause);
}

/** Returns the reason without numbers and paths, for example `is a directory`. */
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
      next: "Check the path, its permissions and the free space on the disk",
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

/** Reads UTF-8 or marked UTF-16. Throws a `UsageError` with the reason and the path to name. */
export async function readNamed(
  path: string,
  { what, step, next }: Pick<ErrorDetails, "step" | "next"> & { what: string },
): Promise<string> {
  try {
    return decodeMarked(await Deno.readFile(path));
  } catch (cause) {
    const reason = await whyUnread(path, cause);
    if (reason === undefined) throw cause;
    throw new UsageError(`Cannot read ${what} from ${path}: ${reason}`, { step, next, cause });
  }
}
