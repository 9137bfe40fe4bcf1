// Builds batches on a thread of its own, one at a time: gets a `BatchTask`, answers with replies.
/// <reference lib="deno.worker" />
import type { PagePeople } from "./batch.ts";
import { type Fault, packFault } from "./fault.ts";
import { type Task, worker } from "./work.ts";

/** What a worker says: after each page, and once at the end of a batch. */
export type Reply =
  | { readonly page: PagePeople }
  | { readonly done: unknown }
  | { readonly fault: Fault };

// When memory with several views on it is first given back, V8 throws away all compiled code that
// reads typed arrays. Here there is none yet; after the first batch it would be all.
const { buffer } = new DataView(new ArrayBuffer(1));
buffer.transfer();

const work = worker();

const reply = (message: Reply) => self.postMessage(message);

self.onmessage = async ({ data: task }: MessageEvent<Task>) => {
  try {
    reply({ done: await work(task, { onPage: (page) => reply({ page }) }) });
  } catch (error) {
    reply({ fault: packFault(error) });
  }
};
