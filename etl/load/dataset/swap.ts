import { exists, onDisk, readIfThere, removeAll, writeTextDurable } from "./files.ts";
import { readList, writeForgotten } from "./forgotten.ts";
import { joinIds } from "./ids.ts";
import { layout, MANIFEST } from "./paths.ts";

export const VERIFY_PREFIX = ".verify-";

/** Milliseconds after which an unlocked folder counts as abandoned. */
const UNLOCKED_FOR = 24 * 60 * 60 * 1000;

/** Returns whether the folder's lock is held; `undefined` if it has no lock file. */
async function isHeld(root: string): Promise<boolean | undefined> {
  const { lock } = layout(root);
  if (!await exists(lock)) return undefined;
  using file = await Deno.open(lock, { read: true });
  return !await file.tryLock(true);
}

async function isLeft(path: string): Promise<boolean> {
  const held = await isHeld(path);
  if (held !== undefined) return !held;
  const { mtime } = await Deno.stat(path);
  return mtime !== null && Date.now() - mtime.getTime() > UNLOCKED_FOR;
}

export async function findLeftovers(root: string): Promise<string[]> {
  const { restoring } = layout(root);
  const left: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    const path = `${root}/${name}`;
    const scratch = isDirectory && name.startsWith(VERIFY_PREFIX);
    if (scratch && await isLeft(path)) left.push(path);
    if (path === restoring && await isHeld(root) === false) left.push(path);
  }
  return left.sort();
}

export async function sweepVerifications(root: string): Promise<string[]> {
  const left = (await findLeftovers(root)).filter((path) => path !== layout(root).restoring);
  for (const path of left) await removeAll(path);
  return left;
}

/** What is moved, in order: the tables are last, because they make the dataset valid. */
export const PLACES = ["rejects", "runs.ndjson", "tables"] as const;

/** Marks a complete and verified dataset; contains the name of its backup. */
const READY = "ready.txt";

async function finishInstall(root: string): Promise<string | undefined> {
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

export async function swap(root: string): Promise<void> {
  const { tables, next, previous } = layout(root);
  await onDisk(tables, async () => {
    if (await exists(tables)) await Deno.rename(tables, previous);
    await Deno.rename(next, tables);
  });
  await removeAll(previous);
}

/** Completes an interrupted swap or restore, removes leftovers; returns the backup of a restore. */
export async function recover(root: string): Promise<string | undefined> {
  const { tables, next, previous, staging } = layout(root);
  const swapping = !await exists(tables) && await exists(previous);
  if (swapping && await exists(`${next}/${MANIFEST}`)) {
    await onDisk(tables, () => Deno.rename(next, tables));
  } else if (swapping) {
    await onDisk(tables, () => Deno.rename(previous, tables));
  }
  await removeAll(next);
  await removeAll(previous);
  // Removes a folder of restores by versions before 0.2.0.
  await removeAll(`${staging}-restore`);
  await sweepVerifications(root);
  return await finishInstall(root);
}
