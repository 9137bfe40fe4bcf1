import { plural } from "../common/counts.ts";
import type { Effects } from "../common/effects.ts";
import type { Source } from "../extract/pages/pages.ts";
import { countStagedPages } from "./fetch.ts";
import { countBuiltBatches } from "./run_folder.ts";

interface StartingRun {
  readonly id: string;
  readonly source: Source;
  readonly folder: string;
  readonly effects: Pick<Effects, "log">;
}

/** Logs `run.started` or `run.resumed`, by what is in the folder of the run. */
export async function logStart({ id, source, folder, effects }: StartingRun): Promise<void> {
  const { batches, people } = source;
  const built = await countBuiltBatches(source, folder);
  const fetched = await countStagedPages(`${folder}/pages`);
  const data = { run: id, batches: batches.length, ...(people !== undefined && { people }) };
  if (built === 0 && fetched === 0) {
    effects.log({ event: "run.started", message: "Starting", data });
    return;
  }
  const message = `Resuming: ${
    plural(fetched, "page")
  } fetched, ${built} of ${batches.length} batches built`;
  effects.log({ event: "run.resumed", message, data: { ...data, fetched, built } });
}
