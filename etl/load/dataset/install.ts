// Puts a dataset that was made beside a folder into it, as `restore` does, and goes on where a
// process that did so was killed.
import { exists, onDisk, readIfThere, removeAll, writeTextDurable } from "./files.ts";
import { joinIds, readList, writeForgotten } from "./forgotten.ts";
import { layout } from "./paths.ts";

/** What of a dataset is moved, tables last: with them it is there. */
export const PLACES = ["rejects", "runs.ndjson", "tables"] as const;

/** Says of what a dataset is, once all of it is there and has been checked. */
const READY = "ready.txt";

/**
 * Moves what an interrupted {@link install} has left. What was not ready is removed, and so is what
 * is in the way of tables that are there. Must be called by who holds the lock.
 *
 * @returns of what the dataset is, where one was put in place.
 */
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

/** Puts the whole dataset in `layout(root).restoring` in its place; `of` says of what it is. */
export async function install(root: string, of: string): Promise<void> {
  await writeTextDurable(`${layout(root).restoring}/${READY}`, of);
  await finishInstall(root);
}
