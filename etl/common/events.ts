// The events of a run, for log, progress and documents: no personal data and no addresses.
import type { NextStep } from "./next_step.ts";

interface EventKind {
  readonly meaning: string;
  readonly data: Readonly<Record<string, string>>;
}

const RUN = "id of the run, the same for the same request";
const MS = "milliseconds it took";
const PAGE = "number of the page, from 1";
const BATCH = "position of the batch, from 0";
const RECEIVED = "people on the pages";
const REJECTED = "people who failed a rule";
const REPEATED = "people who came more than once, kept once";

/** Every event by its code, `subject.what`. Codes and fields are stable; new ones may be added. */
export const EVENTS = {
  "run.started": {
    meaning: "A run begins with nothing done",
    data: { run: RUN, batches: "batches to build", people: "people asked for, where known" },
  },
  "run.resumed": {
    meaning: "A run goes on where an earlier one of the same request stopped",
    data: {
      run: RUN,
      batches: "batches to build, those built already among them",
      built: "batches built already",
      fetched: "pages fetched already",
      people: "people asked for, where known",
    },
  },
  "run.replaces": {
    meaning: "The run will replace people of another source",
    data: { users: "rows of the table users, where known", sources: "where they came from" },
  },
  "page.fetched": {
    meaning: "A page was fetched and is what was asked for",
    data: { page: PAGE, people: "people on it", tries: "requests it took", ms: MS },
  },
  "page.failed": {
    meaning: "A request failed and will be tried again",
    data: {
      page: PAGE,
      try: "number of the request that failed, from 1",
      reason: "status-503, unreachable, timeout, rule-count and the like",
      wait_ms: "milliseconds until the next request",
    },
  },
  "rate.waited": {
    meaning: "The next request waits, since the limit of people in 5 minutes is reached",
    data: { people: "people who wait to be fetched", wait_ms: "milliseconds to wait" },
  },
  "batch.built": {
    meaning: "A batch of pages became one part of each table, not yet committed",
    data: {
      batch: BATCH,
      pages: "pages in it",
      received: RECEIVED,
      rejected: REJECTED,
      repeated: REPEATED,
      ms: MS,
    },
  },
  "batch.damaged": {
    meaning: "What an earlier run left of a batch is not what it wrote; it is built again",
    data: { batch: BATCH },
  },
  "page.damaged": {
    meaning: "What an earlier run left of a page is not what it wrote; it is fetched again",
    data: { page: PAGE },
  },
  "run.committed": {
    meaning: "The tables are what the run gives",
    data: {
      run: RUN,
      users: "rows of the table users",
      received: RECEIVED,
      rejected: REJECTED,
      repeated: REPEATED,
      forgotten: "people who were left out since they are forgotten",
      added: "people who were not in the tables before",
      ms: MS,
    },
  },
  "run.abandoned": {
    meaning: "An earlier run of another request was begun and never finished",
    data: {
      next: "the command that shows what it would do, where that is known",
      age_ms: "milliseconds since it was begun",
      removed: "whether it was too old and is gone",
    },
  },
  "run.failed": {
    meaning: "The run ends with an error; the tables are as before",
    data: {
      status: "exit code",
      step: "what was under way",
      next: "what to do",
      transient: "whether the same command may work later",
      ms: MS,
    },
  },
  "run.stopped": {
    meaning: "The run was interrupted; the same command goes on",
    data: { status: "exit code", ms: MS },
  },
} as const satisfies Record<string, EventKind>;

/** The code of an event. */
export type EventCode = keyof typeof EVENTS;

/** The fields of an event, without unknown ones. */
export type EventData<C extends EventCode> = {
  readonly [F in keyof (typeof EVENTS)[C]["data"]]?: string | number | boolean;
};

/** An event of a run. */
export type LogEvent = {
  readonly [C in EventCode]: {
    readonly event: C;
    readonly message: string;
    readonly data: EventData<C>;
    readonly next?: NextStep;
  };
}[EventCode];
