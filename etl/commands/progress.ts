/**
 * How far a run is: a bar on a terminal, a plain line every few seconds elsewhere, nothing for runs
 * that end at once.
 *
 * @module
 */
import progress from "cli-progress";
import type { Terminal } from "./command.ts";

/** Milliseconds before the first line where there is no terminal, and between lines. */
const PLAIN_INTERVAL = 5000;

/** Shows how far a run is. */
export interface Progress {
  /** So many more people are done. */
  readonly add: (people: number) => void;
  /** Leaves no trace on a terminal. */
  readonly stop: () => void;
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

interface State {
  readonly value: number;
  readonly total: number;
}

const WIDTH = 24;

function line({ value, total }: State, { since, known }: { since: number; known: boolean }) {
  const rate = value / Math.max((Date.now() - since) / 1000, 0.001);
  const people = `${value.toLocaleString("en")}${known ? ` of ${total.toLocaleString("en")}` : ""}`;
  const speed = `${Math.round(rate).toLocaleString("en")} people/s`;
  if (!known) return `${people} people, ${speed}`;
  const done = Math.min(1, value / total);
  const bar = "█".repeat(Math.round(done * WIDTH)).padEnd(WIDTH, "░");
  const left = duration((total - value) / rate);
  return `${bar} ${people} people, ${speed}, ${left} left`;
}

/** Starts to show progress towards so many people; `undefined` where nobody knows. */
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
      line(state, { since: started, known: people !== undefined }),
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_INTERVAL,
  });
  let done = 0;
  let running = false;
  const start = () => {
    running = true;
    bar.start(people ?? 0, done, {});
  };
  if (isTTY) start();
  return {
    add: (count) => {
      done += count;
      if (running) bar.update(done);
      else if (Date.now() - started > PLAIN_INTERVAL) start();
    },
    stop: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}
