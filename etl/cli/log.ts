import { asExpected } from "../common/system_fault.ts";
import type { Effects } from "../common/effects.ts";
import { DebrError, EXIT, type ExitStatus, isAbort } from "../common/errors.ts";
import type { LogEvent } from "../common/events.ts";
import { jsonLine, type Terminal } from "./command.ts";
import { nextText, type Where } from "./next_steps.ts";

type LogFormat = "text" | "json";

export function eventText({ message, next }: LogEvent, where: Where): string {
  const text = nextText(next, where);
  return text === undefined ? message : `${message}. ${text}`;
}

/** Writes one line for each event: `time event message`, or a JSON object. */
export function lineLog(
  format: LogFormat,
  { terminal, now }: { terminal: Terminal; now: () => number },
): (event: LogEvent) => void {
  return (happened) => {
    const { event } = happened;
    const next = nextText(happened.next, { terminal: false });
    const data = { ...happened.data, ...(next !== undefined && { next }) };
    const message = eventText(happened, { terminal: false });
    const time = new Date(now()).toISOString();
    // Messages may quote a server; its line breaks must not split an event.
    const line = message.replace(/\p{Cc}+/gu, " ");
    const text = format === "json"
      ? JSON.stringify({ time, event, message: line, ...data })
      : `${time} ${event} ${line}`;
    terminal.err(`${text}\n`);
  };
}

/** Returns an error as one line: `{"error": {"status": 3, "message": …, "code": …, "next": …}}`. */
export function errorJson(error: unknown, at: Pick<Where, "data"> = {}): string {
  if (error instanceof DebrError) {
    const { status, name, step, message, transient } = error;
    const next = nextText(error.next, { ...at, terminal: false });
    const code = typeof error.next === "object" ? error.next.code : undefined;
    return jsonLine({ error: { status, name, step, message, code, next, transient } });
  }
  const status = isAbort(error) ? EXIT.interrupted : EXIT.fault;
  // The message of a defect may hold any value, so only stderr shows it.
  const message = isAbort(error) ? "Stopped" : "Unexpected fault";
  const name = error instanceof Error ? error.name : "Error";
  return jsonLine({ error: { status, name, message, transient: isAbort(error) } });
}

function ending(error: unknown, ms: number): { event: LogEvent; status: ExitStatus } | undefined {
  if (isAbort(error)) {
    const status = EXIT.interrupted;
    const message = "Stopped; run the same command again to continue";
    return { event: { event: "run.stopped", message, data: { status, ms } }, status };
  }
  if (!(error instanceof DebrError)) return undefined;
  const { message, status, step, transient } = error;
  const next = nextText(error.next, { terminal: false });
  const data = { status, step, transient, ms, ...(next !== undefined && { next }) };
  return { event: { event: "run.failed", message, data }, status };
}

// With `--log`, an expected error becomes an event; with `--log json`, only an event, so that
// all of stderr is JSON. With `--json`, stdout shows it too.
export async function endLogged(
  { log: format, json }: { log?: LogFormat | undefined; json?: boolean | undefined },
  { log, now, terminal }: Pick<Effects, "log" | "now"> & { readonly terminal: Terminal },
  run: () => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const started = now();
  try {
    return await run();
  } catch (thrown) {
    const error = asExpected(thrown);
    const end = ending(error, now() - started);
    if (format !== undefined && end) log(end.event);
    if (format === "json" && end) {
      if (json) terminal.out(errorJson(error));
      return end.status;
    }
    throw error;
  }
}
