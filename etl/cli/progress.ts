// Shows progress: a bar on a terminal, elsewhere a line every few seconds. Short runs show nothing.
import progress from "cli-progress";
import { duration, number, peopleCount } from "../common/counts.ts";
import type { LogEvent } from "../common/events.ts";
import type { Terminal } from "./command.ts";
import { eventText } from "./log.ts";

/** Milliseconds before the first line without a terminal. */
const PLAIN_START = 5000;

/** Milliseconds between later lines without a terminal, so that hours do not fill a log. */
const PLAIN_INTERVAL = 30_000;

export interface Progress {
  readonly add: (people: number) => void;
  readonly show: (event: LogEvent) => void;
  readonly stop: () => void;
}

const WIDTH = 24;

/** Shows how long a wait takes; `until` is in milliseconds since 1970. */
function holdText({ event, data }: LogEvent, until: number): string {
  const left = (until - Date.now()) / 1000;
  if (left <= 0) return "";
  return event === "page.failed"
    ? `; page ${data.page} failed (${data.reason}), trying again in ${duration(left)}`
    : `; waiting ${duration(left)} for the API's limit`;
}

function line(value: number, { total, since }: { total: number | undefined; since: number }) {
  const rate = value / Math.max((Date.now() - since) / 1000, 0.001);
  const speed = `${number(Math.round(rate))} people/s`;
  if (total === undefined) return `${peopleCount(value)}, ${speed}`;
  const done = Math.min(1, value / total);
  const bar = "█".repeat(Math.round(done * WIDTH)).padEnd(WIDTH, "░");
  const left = duration((total - value) / rate);
  return `${bar} ${number(value)} of ${peopleCount(total)}, ${speed}, ${left} left`;
}

export function startProgress(terminal: Terminal, people: number | undefined): Progress {
  const started = Date.now();
  const isTTY = terminal.isTerminal.err;
  const stream = {
    isTTY,
    get columns() {
      return terminal.columns();
    },
    write: (text: string) => (terminal.err(text), true),
  };
  const bar = new progress.SingleBar({
    stream: stream as unknown as NodeJS.WritableStream,
    format: (_options: unknown, { value }: { readonly value: number }) =>
      line(value, { total: people, since: started }) + heldText(),
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_INTERVAL,
  });
  let done = 0;
  let running = false;
  let heldText = () => "";
  const start = () => {
    running = true;
    bar.start(people ?? 0, done, {});
  };
  if (isTTY) start();
  return {
    add: (count) => {
      done += count;
      if (running) bar.update(done);
      else if (Date.now() - started > PLAIN_START) start();
    },
    show: (event) => {
      if (event.event === "run.abandoned" || event.event === "run.replaces") {
        terminal.err(`${eventText(event, { terminal: isTTY })}\n`);
      }
      if (event.event !== "page.failed" && event.event !== "rate.waited") return;
      const until = Date.now() + Number(event.data.wait_ms);
      heldText = () => holdText(event, until);
      if (!isTTY) terminal.err(`${event.message}\n`);
    },
    stop: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}
