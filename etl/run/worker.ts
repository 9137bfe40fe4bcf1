/// <reference lib="deno.worker" />
import { packFault } from "../common/fault.ts";
import { type Reply, type Task, thisThread } from "./pool.ts";

// When the first buffer with several views is released, V8 discards all compiled code that reads
// typed arrays. Here nothing is compiled yet.
const { buffer } = new DataView(new ArrayBuffer(1));
buffer.transfer();

const reply = (message: Reply) => self.postMessage(message);
const work = thisThread(undefined, (page) => reply({ page }));

self.onmessage = async ({ data: task }: MessageEvent<Task>) => {
  try {
    reply({ done: await work(task) });
  } catch (error) {
    reply({ fault: packFault(error) });
  }
};
