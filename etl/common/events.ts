// The events of a run, for log, progress and documents: no personal data and no addresses.
import type { NextStep } from "./next_step.ts";

const RUN = "id of the run, the same for the same request";
const MS = "milliseconds it took";
const PAGE = "number of the page, from 1";
const BATCH = "position of the batch, from 0";
const RECEIVED = "people on the pages";
const REJECTED = "people who failed a rule";
const REPEATED = "duplicates, which are dropped";

/** Every event by its code, `subject.what`. Codes and fields are stable; new ones may be added. */
export const EVENTS = {
  "run.started": {
    meaning: "A run starts from the beginning",
    data: { run: RUN, batches: "batches to build", people: "people requested, if known" },
  },
  "run.resumed": {
    meaning: "A run continues where an earlier run of the same request stopped",
    data: {
      run: RUN,
      batches: "all batches of the run",
      built: "batches built already",
      fetched: "pages fetched already",
      people: "people requested, if known",
    },
  },
  "run.replaces": {
    meaning: "The run will replace people of another source",
    data: { users: "rows of the table users, if known", sources: "where they came from" },
  },
  "page.fetched": {
    meaning: "A page was fetched and matches the request",
    data: { page: PAGE, people: "people on it", tries: "requests it took", ms: MS },
  },
  "page.failed": {
    meaning: "A request failed and will be tried again",
    data: {
      page: PAGE,
      try: "number of the request that failed, from 1",
      reason: "such as status-503, unreachable, timeout or rule-count",
      wait_ms: "milliseconds until the next request",
    },
  },
  "rate.waited": {
    meaning: "The next request waits because the limit of people in 5 minutes is reached",
    data: { people: "people of the waiting request", wait_ms: "milliseconds to wait" },
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
    meaning: "A batch of an earlier run is damaged and is built again",
    data: { batch: BATCH },
  },
  "page.damaged": {
    meaning: "A page of an earlier run is damaged and is fetched again",
    data: { page: PAGE },
  },
  "run.committed": {
    meaning: "The tables now hold the people of the run",
    data: {
      run: RUN,
      users: "rows of the table users",
      received: RECEIVED,
      rejected: REJECTED,
      repeated: REPEATED,
      forgotten: "people left out because they were forgotten",
      added: "people who were not in the tables before",
      ms: MS,
    },
  },
  "run.abandoned": {
    meaning: "An earlier run of another request started and did not finish",
    data: {
      next: "the command that shows what that run would do, if known",
      age_ms: "milliseconds since its start",
      removed: "whether it was removed because of its age",
    },
  },
  "run.failed": {
    meaning: "The run failed; the tables are unchanged",
    data: {
      status: "exit code",
      step: "the failed step",
      next: "what to do",
      transient: "whether the same command may work later",
      ms: MS,
    },
  },
  "run.stopped": {
    meaning: "The run was interrupted; the same command continues it",
    data: { status: "exit code", ms: MS },
  },
} as const satisfies Record<string, { meaning: string; data: Record<string, string> }>;

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
