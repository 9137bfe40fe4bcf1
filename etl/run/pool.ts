// Runs tasks on worker threads, each from the bytes of pages to finished parts. Only paths and
// counts cross threads, and a result depends only on its task: any number of workers produces the
// same bytes.
import type { BatchPeople, BatchTask, OnPage } from "./batch.ts";
import { unpackFault } from "../common/fault.ts";
import { type Task, worker } from "./work.ts";
import type { Reply } from "./worker.ts";

interface PoolOptions {
  /** Concurrent tasks; a single worker uses this thread. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  readonly onPage?: OnPage | undefined;
}

/** Runs one task at a time, until its signal aborts. */
type Builder = (task: Task) => Promise<unknown>;

interface BuilderOptions {
  readonly signal: AbortSignal;
  readonly onPage: OnPage | undefined;
}

function ownThread({ signal, onPage }: BuilderOptions): Builder {
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
function thisThread({ signal, onPage }: BuilderOptions): Builder {
  const options = { signal, ...(onPage && { onPage }) };
  const work = worker();
  return (task) => work(task, options);
}

/** Accepts tasks while workers are free; the default tasks are batches. */
export class WorkPool<T extends Task = BatchTask, Done = BatchPeople> implements AsyncDisposable {
  readonly #options: PoolOptions;
  readonly #stop = new AbortController();
  readonly #free: Builder[] = [];
  #builders = 0;
  /** These promises never reject. */
  readonly #running = new Set<Promise<void>>();

  constructor(options: PoolOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", this.#interrupt);
    if (options.signal?.aborted) this.#interrupt();
  }

  /** Aborts with the first error as reason, or with the signal of the options. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  readonly #interrupt = () => this.#stop.abort(this.#options.signal?.reason);

  #builder(): Builder | undefined {
    const { workers, onPage } = this.#options;
    if (this.#free.length > 0) return this.#free.pop();
    if (this.#builders >= Math.max(1, workers)) return undefined;
    this.#builders++;
    return (workers > 1 ? ownThread : thisThread)({ signal: this.signal, onPage });
  }

  async #run(
    builder: Builder,
    { task, onDone }: { task: T; onDone: ((done: Done) => void) | undefined },
  ): Promise<void> {
    try {
      const done = await builder(task);
      this.#free.push(builder);
      onDone?.(done as Done);
    } catch (error) {
      this.#stop.abort(error);
    }
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
    const running = this.#run(builder, { task, onDone }).finally(() =>
      this.#running.delete(running)
    );
    this.#running.add(running);
  }

  /** Resolves when all tasks are done; throws like {@link add}. */
  async finish(): Promise<void> {
    await Promise.all(this.#running);
    this.signal.throwIfAborted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#interrupt);
    this.#stop.abort();
    await Promise.all(this.#running);
  }
}
