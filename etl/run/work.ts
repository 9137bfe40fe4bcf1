// What a thread does, one task after the other: builds batches of tables, or lands files.
import { BatchBuilder, type BatchTask, type OnPage } from "./batch.ts";
import { landFile, type LandTask } from "./land/piece.ts";

/** What can be done beside other tasks. */
export type Task = BatchTask | LandTask;

/** Does tasks in the same memory; answers what was built of one. */
export function worker(): (
  task: Task,
  options: { readonly onPage?: OnPage; readonly signal?: AbortSignal },
) => Promise<unknown> {
  const builder = new BatchBuilder();
  return async (task, options) =>
    "wanted" in task ? await landFile(task, options) : (await builder.build(task, options)).people;
}
