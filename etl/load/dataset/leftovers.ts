// Finds copies of personal data that killed processes left next to a dataset: by name, age, lock.
import { exists, removeAll } from "./files.ts";
import { layout } from "./paths.ts";

/** Prefix of temporary folders that verify backups. */
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

async function isLeft(path: string, now: number): Promise<boolean> {
  const held = await isHeld(path);
  if (held !== undefined) return !held;
  const { mtime } = await Deno.stat(path);
  return now - (mtime?.getTime() ?? now) > UNLOCKED_FOR;
}

export async function findLeftovers(root: string, now = Date.now()): Promise<string[]> {
  const { restoring } = layout(root);
  const left: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    const path = `${root}/${name}`;
    const scratch = isDirectory && name.startsWith(VERIFY_PREFIX);
    if (scratch && await isLeft(path, now)) left.push(path);
    if (path === restoring && await isHeld(root) === false) left.push(path);
  }
  return left.sort();
}

export async function sweepVerifications(root: string): Promise<string[]> {
  const left = (await findLeftovers(root)).filter((path) => path !== layout(root).restoring);
  for (const path of left) await removeAll(path);
  return left;
}
