// The folders of runs that are not committed. Each says which request it is of, so that a run that
// was given up can be named, and is removed in the end.
import type { Request } from "../../extract/pages/pages.ts";
import type { Mode } from "./open.ts";
import { exists, makeFolder, removeAll, writeTextDurable } from "./files.ts";
import { layout } from "./paths.ts";

/** Says what a folder is of; its age is that of the run. */
const REQUEST_FILE = "request.json";

/** Runs that nobody has gone on with for so long are removed. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** What a run asks for. */
interface Asked {
  readonly request: Request;
  readonly mode: Mode;
}

/** A run that was begun and neither committed nor gone on with. */
interface AbandonedRun {
  /** What it asked for, where that is known. */
  readonly asked: Asked | undefined;
  readonly ageMs: number;
  /** Whether it was too old and is gone. */
  readonly removed: boolean;
}

/** How folders end that no run can go on with, and that are about to be removed. */
export const OVER = ".over";

/** Makes the folder of a run, or finds the one an earlier run of the same request has left. */
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
    // Killed before it was written: then there is nothing worth going on with.
    return undefined;
  }
}

/** Whether a run has something to go on with: a page that was fetched or a batch that was built. */
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

/**
 * Finds what other runs have left in staging to go on with. Removes what is older than a week, and
 * what holds nothing. The caller holds the lock, so that none of them is still running.
 */
export async function abandonedRuns(
  root: string,
  { except, now }: { readonly except: string; readonly now: number },
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
