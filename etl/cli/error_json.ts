import { DebrError, EXIT, isAbort } from "../common/errors.ts";
import { nextText, type Where } from "./next_steps.ts";

/** Returns an error as one line: `{"error": {"status": 3, "message": …, "code": …, "next": …}}`. */
export function errorJson(error: unknown, at: Pick<Where, "data"> = {}): string {
  if (error instanceof DebrError) {
    const { status, name, step, message, transient } = error;
    const next = nextText(error.next, { ...at, terminal: false });
    const code = typeof error.next === "object" ? error.next.code : undefined;
    return JSON.stringify({ error: { status, name, step, message, code, next, transient } }) + "\n";
  }
  const status = isAbort(error) ? EXIT.interrupted : EXIT.fault;
  // The message of a defect may hold any value, so only stderr shows it.
  const message = isAbort(error) ? "Stopped" : "Unexpected fault";
  const name = error instanceof Error ? error.name : "Error";
  return JSON.stringify({ error: { status, name, message, transient: isAbort(error) } }) + "\n";
}
