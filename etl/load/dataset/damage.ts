// The error of a file that cannot be read or differs from what was written, with a next step.
import { DestinationError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { isSystemFault, systemReason } from "../../common/system_fault.ts";

export class DamagedFileError extends DestinationError {
  /** The fault without the path: `has 3 bytes, the manifest says 7`. */
  readonly what: string;

  constructor(path: string, { what, cause }: { what: string; cause?: unknown }) {
    super(`Cannot use ${path}: it ${what}`, { step: "read", next: wayOut(path), cause });
    this.what = what;
  }
}

function wayOut(path: string): NextStep {
  const [, data = "data", place] =
    /^(.*)\/(tables|\.tables\.next|rejects|\.staging)\//.exec(path) ??
      [];
  if (place === ".staging") return { code: "staging_damaged", folder: `${data}/.staging` };
  if (place === "rejects" && /\/failed-[^/]*$/.test(path)) {
    return { code: "failed_rejects_damaged", path };
  }
  return { code: "part_damaged", data };
}

/** Turns the operating system's read error into an error that names the path. */
export async function fromDisk<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw isSystemFault(cause) ? unreadable(path, cause) : cause;
  }
}

export function unreadable(path: string, cause: Error): DamagedFileError {
  const gone = cause instanceof Deno.errors.NotFound;
  return new DamagedFileError(path, {
    what: gone ? "is missing" : `cannot be read: ${systemReason(cause)}`,
    cause,
  });
}

export function isMissing(error: unknown): boolean {
  return error instanceof DestinationError &&
    (error.cause instanceof Deno.errors.NotFound ||
      error.cause instanceof Deno.errors.NotADirectory);
}
