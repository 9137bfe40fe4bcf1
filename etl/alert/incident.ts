// Stores the open incident of a pipeline in a file. So its start and end are announced only once,
// even by concurrent processes.
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
  since: v.pipe(v.string(), v.isoTimestamp()),
  /** The last announced alert: its id and title. */
  alert: v.string(),
  title: v.string(),
  /** The failed command. */
  step: v.optional(v.string()),
});

export type Incident = v.InferOutput<typeof Incident>;

export type Decision = "tell" | "resolve" | "nothing";

/** Returns whether the name of a pipeline is a valid file name. */
export function isPipelineName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,99}$/.test(name);
}

/** Announces an open incident again only if the alert or the failed command changes. */
export function decide(
  open: Incident | undefined,
  failure: { readonly alert: Pick<Alert, "id">; readonly step?: string } | undefined,
): Decision {
  if (failure === undefined) return open === undefined ? "nothing" : "resolve";
  const same = open?.alert === failure.alert.id && open.step === failure.step;
  return same ? "nothing" : "tell";
}

/** The incidents of one pipeline, locked by this process until disposed. */
export class Incidents implements Disposable {
  readonly #path: string;
  readonly #lock: Deno.FsFile;

  private constructor(path: string, lock: Deno.FsFile) {
    this.#path = path;
    this.#lock = lock;
  }

  /** Waits for the lock. Throws a `DestinationError` if the disk fails. */
  static async hold(folder: string, pipeline: string): Promise<Incidents> {
    const path = `${folder}/${pipeline}`;
    await makeFolder(folder);
    const lock = await openToWrite(`${path}.lock`, { create: true });
    await lock.lock(true);
    return new Incidents(`${path}.json`, lock);
  }

  /** Ignores an incomplete file: the only effect is an extra alert. */
  async read(): Promise<Incident | undefined> {
    const bytes = await readIfThere(this.#path);
    if (bytes === undefined) return undefined;
    try {
      return v.parse(Incident, JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      return undefined;
    }
  }

  async open(incident: Incident): Promise<void> {
    const next = `${this.#path}.next`;
    await writeTextDurable(next, JSON.stringify(incident) + "\n");
    await onDisk(this.#path, () => Deno.rename(next, this.#path));
  }

  async close(): Promise<void> {
    await removeAll(this.#path);
  }

  [Symbol.dispose](): void {
    this.#lock.close();
  }
}
