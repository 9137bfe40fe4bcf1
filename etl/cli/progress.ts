// Shows progress: a bar on a terminal, elsewhere a line every few seconds. Short runs show nothing.
import progress from "cli-progress";
import { number } from "../common/counts.ts";
import { duration } from "../common/duration.ts";
import type { LogEvent } from "../common/events.ts";
import type { Terminal } from "./command.ts";
import { eventText } from "./log.ts";

/** Milliseconds before the first line without a terminal. */
const PLAIN_START = 5000;

/** Milliseconds between later lines without a terminal, so that hours do not fill a log. */
const PLAIN_INTERVAL = 30_000;

export interface Progress {
  readonly add: (people: number) => void;
  /** Shows why the run is waiting. */
  readonly show: (event: LogEvent) => void;
  /** Removes the bar from a terminal. */
  readonly stop: () => void;
}

interface State {
  readonly value: number;
  readonly total: number;
}

const WIDTH = 24;

/** A wait; `until` is in milliseconds since 1970. */
interface Hold {
  readonly event: LogEvent;
  readonly until: number;
}

function holdText(hold: Hold | undefined): string {
  const left = ((hold?.until ?? 0) - Date.now()) / 1000;
  if (hold === undefined || left <= 0) return "";
  const { event, data } = hold.event;
  return event === "page.failed"
    ? `; page ${data.page} failed (${data.reason}), trying again in ${duration(left)}`
    : `; waiting ${duration(left)} for the API's limit`;
}

function line({ value, total }: State, { since, known }: { since: number; known: boolean }) {
  const rate = value / Math.max((Date.now() - since) / 1000, 0.001);
  const people = `${number(value)}${known ? ` of ${number(total)}` : ""}`;
  const speed = `${number(Math.round(rate))} people/s`;
  if (!known) return `${people} people, ${speed}`;
  const done = Math.min(1, value / total);
  const bar = "█".repeat(Math.round(done * WIDTH)).padEnd(WIDTH, "░");
  const left = duration((total - value) / rate);
  return `${bar} ${people} people, ${speed}, ${left} left`;
}

/** Starts the progress display; `people` is `undefined` if the total is unknown. */
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
    format: (_options: unknown, state: State) =>
      line(state, { since: started, known: people !== undefined }) + holdText(hold),
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_INTERVAL,
  });
  let done = 0;
  let running = false;
  let hold: Hold | undefined;
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
      hold = { event, until: Date.now() + Number(event.data.wait_ms) };
      if (!isTTY) terminal.err(`${event.message}\n`);
    },
    stop: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}
