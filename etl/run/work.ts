// Runs the tasks of a thread one by one: batches of tables, or landed files.
import { BatchBuilder, type BatchTask, type OnPage } from "./batch.ts";
import { landFile, type LandTask } from "./land/piece.ts";

export type Task = BatchTask | LandTask;

/** Makes a worker that reuses buffers between tasks. */
export function worker(): (
  task: Task,
  options: { readonly onPage?: OnPage; readonly signal?: AbortSignal },
) => Promise<unknown> {
  const builder = new BatchBuilder();
  return async (task, options) =>
    "wanted" in task ? await landFile(task, options) : (await builder.build(task, options)).people;
}
