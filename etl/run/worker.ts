// Builds batches on its own thread, one at a time: receives a `BatchTask` and sends replies.
/// <reference lib="deno.worker" />
import type { PagePeople } from "./batch.ts";
import { type Fault, packFault } from "../common/fault.ts";
import { type Task, worker } from "./work.ts";

/** A message after each page, and at the end of a task. */
export type Reply =
  | { readonly page: PagePeople }
  | { readonly done: unknown }
  | { readonly fault: Fault };

// When the first buffer with several views is released, V8 discards all compiled code that reads
// typed arrays. Here nothing is compiled yet.
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
