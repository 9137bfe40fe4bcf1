// The file of an open incident, so that even concurrent processes announce its start and end once.
import * as v from "valibot";
import {
  makeFolder,
  onDisk,
  openToWrite,
  readIfThere,
  removeAll,
  writeTextDurable,
} from "../load/dataset/mod.ts";

export interface Alert {
  /** A stable id, which is also the heading of its section in the runbook. */
  readonly id: string;
  /** `failure`: something is broken. `gate`: a check stopped bad data. */
  readonly kind: "failure" | "gate";
  readonly statuses: readonly number[];
  /** The commands that it covers; all of them if missing. */
  readonly steps?: readonly string[];
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
  readonly asksApi?: boolean;
  /** Whether a retry may work, so that the scheduler retries the command. */
  readonly retried: boolean;
}

const Incident = v.object({
  since: v.pipe(v.string(), v.isoTimestamp()),
  alert: v.string(),
  title: v.string(),
  step: v.optional(v.string()),
});

const Saved = v.pipe(v.string(), v.parseJson(), Incident);

export type Incident = v.InferOutput<typeof Incident>;

export type Decision = "tell" | "resolve" | "nothing";

/** Announces an open incident again only if the alert or the failed command changes. */
export function decide(
  open: Incident | undefined,
  failure: Pick<Incident, "alert" | "step"> | undefined,
): Decision {
  if (failure === undefined) return open === undefined ? "nothing" : "resolve";
  return open?.alert === failure.alert && open.step === failure.step ? "nothing" : "tell";
}

/** Waits for sole use of a pipeline's incidents. Rejects with a `DestinationError`. */
export async function holdIncidents(folder: string, pipeline: string) {
  const path = `${folder}/${pipeline}.json`;
  await makeFolder(folder);
  const lock = await openToWrite(`${folder}/${pipeline}.lock`, { create: true });
  await lock.lock(true);
  return {
    /** Returns `undefined` also for an incomplete file: the only effect is an extra alert. */
    async read(): Promise<Incident | undefined> {
      const saved = v.safeParse(Saved, new TextDecoder().decode(await readIfThere(path)));
      return saved.success ? saved.output : undefined;
    },
    async open(incident: Incident): Promise<void> {
      await writeTextDurable(`${path}.next`, JSON.stringify(incident) + "\n");
      await onDisk(path, () => Deno.rename(`${path}.next`, path));
    },
    close: () => removeAll(path),
    [Symbol.dispose]: () => lock.close(),
  };
}
