/**
 * Events as lines on stderr, for a person or a program.
 *
 * @module
 */
import type { LogEvent } from "../events.ts";
import type { Terminal } from "./command.ts";

/** How `--log` writes events. */
export type LogFormat = "text" | "json";

/** A log that writes each event as one line: `time event message`, or a JSON object. */
export function lineLog(
  format: LogFormat,
  { terminal, now }: { readonly terminal: Pick<Terminal, "err">; readonly now: () => number },
): (event: LogEvent) => void {
  return ({ event, message, data }) => {
    const time = new Date(now()).toISOString();
    // Messages may quote what a server says: one event stays one line.
    const line = message.replace(/\p{Cc}+/gu, " ");
    const text = format === "json"
      ? JSON.stringify({ time, event, message: line, ...data })
      : `${time} ${event} ${line}`;
    terminal.err(`${text}\n`);
  };
}
