// Moves a restored dataset into place, and completes an interrupted move.
import { exists, onDisk, readIfThere, removeAll, writeTextDurable } from "./files.ts";
import { joinIds, readList, writeForgotten } from "./forgotten.ts";
import { layout } from "./paths.ts";

/** What is moved, in order: the tables are last, because they make the dataset valid. */
export const PLACES = ["rejects", "runs.ndjson", "tables"] as const;

/** Marks a complete and verified dataset; contains the name of its backup. */
const READY = "ready.txt";

/** Completes an interrupted {@link install} under the lock and returns its backup. */
export async function finishInstall(root: string): Promise<string | undefined> {
  const { restoring, tables } = layout(root);
  const ready = await readIfThere(`${restoring}/${READY}`);
  const moves = ready !== undefined && !await exists(tables);
  if (moves) {
    await writeForgotten(root, joinIds(await readList(root), await readList(restoring)));
    for (const name of PLACES) {
      const [from, to] = [`${restoring}/${name}`, `${root}/${name}`];
      if (await exists(from)) await onDisk(to, () => Deno.rename(from, to));
    }
  }
  await removeAll(restoring);
  return moves ? new TextDecoder().decode(ready) : undefined;
}

/** Moves `layout(root).restoring` into place; `of` names the backup. */
export async function install(root: string, of: string): Promise<void> {
  await writeTextDurable(`${layout(root).restoring}/${READY}`, of);
  await finishInstall(root);
}
