// A result depends only on its task, so any number of workers produces the same bytes.
import {
  BatchBuilder,
  type BatchPeople,
  type BatchTask,
  type OnPage,
  type PagePeople,
} from "./batch.ts";
import { type Fault, unpackFault } from "../common/fault.ts";
import { landFile, type LandTask } from "./land/piece.ts";

export type Task = BatchTask | LandTask;

/** What a worker thread sends: a message after each page, and one at the end of a task. */
export type Reply =
  | { readonly page: PagePeople }
  | { readonly done: unknown }
  | { readonly fault: Fault };

interface PoolOptions {
  /** Concurrent tasks; a single worker uses this thread. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  readonly onPage?: OnPage | undefined;
}

/** Runs one task at a time, until its signal aborts. */
type Builder = (task: Task) => Promise<unknown>;

function ownThread(signal: AbortSignal, onPage?: OnPage): Builder {
  const thread = new Worker(import.meta.resolve("./worker.ts"), { type: "module" });
  signal.addEventListener("abort", () => thread.terminate(), { once: true });
  return (task) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    thread.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("page" in data) onPage?.(data.page);
      else if ("fault" in data) reject(unpackFault(data.fault));
      else resolve(data.done);
    };
    thread.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`A worker failed: ${event.message}`));
    };
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    thread.postMessage(task);
    return promise;
  };
}

/** Runs tasks on this thread: for a single batch, starting a worker takes longer than it saves. */
export function thisThread(signal: AbortSignal | undefined, onPage?: OnPage): Builder {
  const builder = new BatchBuilder();
  const options = { signal, onPage };
  return async (task) =>
    "wanted" in task ? await landFile(task, options) : (await builder.build(task, options)).people;
}

/** Accepts tasks while workers are free; the default tasks are batches. */
export class WorkPool<T extends Task = BatchTask, Done = BatchPeople> implements AsyncDisposable {
  readonly #options: PoolOptions;
  readonly #stop = new AbortController();
  readonly #free: Builder[] = [];
  #builders = 0;
  /** These promises never reject. */
  readonly #running = new Set<Promise<void>>();

  /** Aborts with the first error as reason, or with the signal of the options. */
  readonly signal: AbortSignal;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.signal = AbortSignal.any([this.#stop.signal, ...(options.signal ? [options.signal] : [])]);
  }

  #builder(): Builder | undefined {
    const { workers, onPage } = this.#options;
    if (this.#free.length > 0) return this.#free.pop();
    if (this.#builders >= Math.max(1, workers)) return undefined;
    this.#builders++;
    return (workers > 1 ? ownThread : thisThread)(this.signal, onPage);
  }

  /** Resolves when a worker has started the task; throws the first error of any task. */
  async add(task: T, onDone?: (done: Done) => void): Promise<void> {
    this.signal.throwIfAborted();
    let builder = this.#builder();
    while (builder === undefined) {
      await Promise.race(this.#running);
      this.signal.throwIfAborted();
      builder = this.#builder();
    }
    const running = builder(task).then((done) => {
      this.#free.push(builder);
      onDone?.(done as Done);
    }).catch((error) => this.#stop.abort(error)).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all tasks are done; throws like {@link add}. */
  async finish(): Promise<void> {
    await Promise.all(this.#running);
    this.signal.throwIfAborted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }
}
