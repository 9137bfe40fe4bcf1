// The fault of a file that cannot be read or is not what was written, with a way out that works.
import { DestinationError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { isSystemFault, systemReason } from "../../common/system_fault.ts";

/** A file of a dataset that cannot be used. */
export class DamagedFileError extends DestinationError {
  /** What is wrong with the file, without its path: `has 3 bytes, the manifest says 7`. */
  readonly what: string;

  /** Names the file, what is wrong with it, and the way out. */
  constructor(path: string, { what, cause }: { readonly what: string; readonly cause?: unknown }) {
    super(`Cannot use ${path}: it ${what}`, { step: "read", next: wayOut(path), cause });
    this.what = what;
  }
}

/** What to do about a file, by the place it is in. */
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

/** Runs a step that reads; a refusal of the operating system becomes a fault that names the path. */
export async function fromDisk<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw isSystemFault(cause) ? unreadable(path, cause) : cause;
  }
}

/** The fault of a file that the operating system does not let us read. */
export function unreadable(path: string, cause: Error): DamagedFileError {
  const gone = cause instanceof Deno.errors.NotFound;
  return new DamagedFileError(path, {
    what: gone ? "is not there" : `cannot be read: ${systemReason(cause)}`,
    cause,
  });
}

/** Whether a fault says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof DestinationError &&
    (error.cause instanceof Deno.errors.NotFound ||
      error.cause instanceof Deno.errors.NotADirectory);
}
