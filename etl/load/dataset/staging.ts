// The folders of uncommitted runs. Each contains its request, so that debr can report an abandoned
// run and remove it later.
import type { Request } from "../../extract/pages/pages.ts";
import type { Mode } from "./open.ts";
import { exists, makeFolder, removeAll, writeTextDurable } from "./files.ts";
import { layout } from "./paths.ts";

/** The file with the request; its age is the age of the run. */
const REQUEST_FILE = "request.json";

/** Milliseconds for which abandoned runs are kept: a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

interface Asked {
  readonly request: Request;
  readonly mode: Mode;
}

interface AbandonedRun {
  readonly asked: Asked | undefined;
  readonly ageMs: number;
  readonly removed: boolean;
}

/** Suffix of folders that no run can continue and that will be removed. */
export const OVER = ".over";

/** Makes the folder of a run, or reuses the one of the same request. */
export async function openStaging(
  folder: string,
  { request, mode }: Asked,
): Promise<void> {
  await makeFolder(`${folder}/pages`);
  await writeTextDurable(`${folder}/${REQUEST_FILE}`, JSON.stringify({ mode, request }) + "\n");
}

async function askedIn(folder: string): Promise<Asked | undefined> {
  try {
    const { mode, request } = JSON.parse(await Deno.readTextFile(`${folder}/${REQUEST_FILE}`));
    return { mode, request };
  } catch {
    // The run was killed before the file was written.
    return undefined;
  }
}

/** Returns whether the run fetched a page or built a batch. */
export async function hasProgress(folder: string): Promise<boolean> {
  for (
    const [path, done] of [[folder, /^batch-\d+$/], [`${folder}/pages`, /\.json\.gz$/]] as const
  ) {
    if (!await exists(path)) continue;
    for await (const { name } of Deno.readDir(path)) if (done.test(name)) return true;
  }
  return false;
}

async function changedAt(folder: string): Promise<number> {
  const file = `${folder}/${REQUEST_FILE}`;
  const { mtime } = await Deno.stat(await exists(file) ? file : folder);
  return mtime?.getTime() ?? 0;
}

/** Removes runs that are empty or older than a week. The lock ensures that none is running. */
export async function abandonedRuns(
  root: string,
  { except, now }: { except: string; now: number },
): Promise<AbandonedRun[]> {
  const { staging } = layout(root);
  if (!await exists(staging)) return [];
  const found: AbandonedRun[] = [];
  for await (const { name, isDirectory } of Deno.readDir(staging)) {
    if (name === except || name.endsWith(OVER) || !isDirectory) continue;
    const folder = `${staging}/${name}`;
    if (!await hasProgress(folder)) {
      await removeAll(folder);
      continue;
    }
    const ageMs = now - await changedAt(folder);
    const asked = await askedIn(folder);
    const removed = ageMs > KEPT_MS;
    if (removed) await removeAll(folder);
    found.push({ asked, ageMs, removed });
  }
  return found;
}
