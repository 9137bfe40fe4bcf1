// Which incident is open: a small file a pipeline, so that an incident is told once, also when
// several processes see it at the same time, and its end is told once.
import * as v from "valibot";
import {
  makeFolder,
  onDisk,
  openToWrite,
  readIfThere,
  removeAll,
  writeTextDurable,
} from "../load/dataset/mod.ts";
import type { Alert } from "./alert.ts";

const Incident = v.object({
  /** When it was first told, as ISO text. */
  since: v.pipe(v.string(), v.isoTimestamp()),
  /** The alert that was told last, by id, and in words. */
  alert: v.string(),
  title: v.string(),
  /** The command that failed. */
  step: v.optional(v.string()),
});

/** An incident that was told and has not ended. */
export type Incident = v.InferOutput<typeof Incident>;

/** What to do about what happened. */
export type Decision = "tell" | "resolve" | "nothing";

/** Whether a file can have the name of a pipeline. */
export function isPipelineName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,99}$/.test(name);
}

/**
 * One incident is told once, and again where something else has to be done: another alert, or another
 * command.
 */
export function decide(
  open: Incident | undefined,
  failure: { readonly alert: Pick<Alert, "id">; readonly step?: string } | undefined,
): Decision {
  if (failure === undefined) return open === undefined ? "nothing" : "resolve";
  const same = open?.alert === failure.alert.id && open.step === failure.step;
  return same ? "nothing" : "tell";
}

/** The incidents of one pipeline, held by this process alone until disposed. */
export class Incidents implements Disposable {
  readonly #path: string;
  readonly #lock: Deno.FsFile;

  private constructor(path: string, lock: Deno.FsFile) {
    this.#path = path;
    this.#lock = lock;
  }

  /** Waits until no other process holds them. Throws a `DestinationError` where the disk refuses. */
  static async hold(folder: string, pipeline: string): Promise<Incidents> {
    const path = `${folder}/${pipeline}`;
    await makeFolder(folder);
    const lock = await openToWrite(`${path}.lock`, { create: true });
    await lock.lock(true);
    return new Incidents(`${path}.json`, lock);
  }

  /** The open incident. A file that is not whole counts as none: an alert too many does no harm. */
  async read(): Promise<Incident | undefined> {
    const bytes = await readIfThere(this.#path);
    if (bytes === undefined) return undefined;
    try {
      return v.parse(Incident, JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      return undefined;
    }
  }

  /** Keeps an incident as open. */
  async open(incident: Incident): Promise<void> {
    const next = `${this.#path}.next`;
    await writeTextDurable(next, JSON.stringify(incident) + "\n");
    await onDisk(this.#path, () => Deno.rename(next, this.#path));
  }

  /** Forgets the incident: it has ended. */
  async close(): Promise<void> {
    await removeAll(this.#path);
  }

  [Symbol.dispose](): void {
    this.#lock.close();
  }
}
