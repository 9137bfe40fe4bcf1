// Copies of people that a killed process has left beside a dataset: found by name and age, and by a
// lock that its owner holds as long as it lives.
import { exists, removeAll } from "./files.ts";
import { layout } from "./paths.ts";

/** How the folders begin that backups are restored into to verify them. */
export const VERIFY_PREFIX = ".verify-";

/** Milliseconds after which a folder is taken for left where no lock says more. */
const UNLOCKED_FOR = 24 * 60 * 60 * 1000;

/** Whether a process holds the lock of a dataset; `undefined` where there is none. */
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

/** Paths of what killed processes have left beside the tables. */
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

/** Removes what killed verifications have left beside the tables; answers where it was. */
export async function sweepVerifications(root: string): Promise<string[]> {
  const left = (await findLeftovers(root)).filter((path) => path !== layout(root).restoring);
  for (const path of left) await removeAll(path);
  return left;
}
