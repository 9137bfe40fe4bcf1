/**
 * Builds batches on a thread of its own, one at a time: gets a `BatchTask`, answers with replies.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { BatchBuilder, type BatchPeople, type BatchTask, type PagePeople } from "./batch.ts";
import { type Fault, packFault } from "./fault.ts";

/** What a worker says: after each page, and once at the end of a batch. */
export type Reply =
  | { readonly page: PagePeople }
  | { readonly built: BatchPeople }
  | { readonly fault: Fault };

// When memory with several views on it is first given back, V8 throws away all compiled code that
// reads typed arrays. Here there is none yet; after the first batch it would be all.
const { buffer } = new DataView(new ArrayBuffer(1));
buffer.transfer();

const builder = new BatchBuilder();

const reply = (message: Reply) => self.postMessage(message);

self.onmessage = async ({ data: task }: MessageEvent<BatchTask>) => {
  try {
    const { people } = await builder.build(task, { onPage: (page) => reply({ page }) });
    reply({ built: people });
  } catch (error) {
    reply({ fault: packFault(error) });
  }
};
