// Which backups are kept, and the removal of the others. What is removed is never the last good one
// of anything.
import { type Entry, type Good, isGood } from "./catalog.ts";
import { MANIFEST_NAME } from "./manifest.ts";
import type { Store } from "./store.ts";

/** Of how many days, weeks and months that have a backup the newest is kept. */
export interface Keep {
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/** Milliseconds after which what was interrupted is removed; until then it may be continued. */
export const ABANDONED_AFTER = 3 * 24 * 60 * 60 * 1000;

/** Milliseconds of a day. */
const DAY = 24 * 60 * 60 * 1000;

/** The Monday that a week of ISO 8601 begins with. */
function isoWeek(moment: Date): string {
  const midnight = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate());
  const monday = (moment.getUTCDay() + 6) % 7;
  return new Date(midnight - monday * DAY).toISOString().slice(0, 10);
}

const PERIODS: { readonly [P in keyof Keep]: (moment: Date) => string } = {
  daily: (moment) => moment.toISOString().slice(0, 10),
  weekly: isoWeek,
  monthly: (moment) => moment.toISOString().slice(0, 7),
};

/** The newest backup of each of the last so many periods; a verified one before one that is not. */
function newestOf(good: readonly Good[], { period, count }: { period: keyof Keep; count: number }) {
  const periods = Map.groupBy(
    good,
    ({ manifest }) => PERIODS[period](new Date(manifest.ended)),
  );
  const last = [...periods.keys()].sort().slice(count === 0 ? periods.size : -count);
  return last.map((key) => {
    const those = periods.get(key)!;
    return those.findLast(({ state }) => state === "verified") ?? those.at(-1)!;
  });
}

/** What is kept of the good backups of one source, given oldest first. */
function keptOf(good: readonly Good[], keep: Keep): Entry[] {
  const lastVerified = good.findLast(({ state }) => state === "verified");
  const periods = Object.keys(PERIODS) as (keyof Keep)[];
  return [
    ...good.slice(-1),
    ...(lastVerified === undefined ? [] : [lastVerified]),
    ...periods.flatMap((period) => newestOf(good, { period, count: keep[period] })),
  ];
}

/**
 * The backups to remove: good ones that no rule keeps, and interrupted ones that nobody continued.
 * Damaged ones and those that failed stay for somebody to look at.
 */
export function toRemove(
  entries: readonly Entry[],
  { keep, now }: { readonly keep: Keep; readonly now: number },
): Entry[] {
  const ended = ({ manifest }: Good) => Date.parse(manifest.ended);
  const good = entries.filter(isGood).sort((a, b) => ended(a) - ended(b));
  const sources = Map.groupBy(
    good,
    ({ manifest: { source } }) => `${source.kind} ${source.name}`,
  );
  const kept = new Set([...sources.values()].flatMap((those) => keptOf(those, keep)));
  return entries.filter((entry) =>
    isGood(entry)
      ? !kept.has(entry)
      : entry.state === "unfinished" && now - entry.modified > ABANDONED_AFTER
  );
}

/** Removes a backup, its manifest first: one of which only a part is removed is no backup. */
export async function removeBackup(store: Store, { id, objects }: Entry): Promise<void> {
  const all = objects.map((object) => ({ ...object, name: `${id}/${object.name}` }));
  const isManifest = ({ name }: { name: string }) => name === `${id}/${MANIFEST_NAME}`;
  await store.remove(all.filter(isManifest));
  await store.remove(all.filter((object) => !isManifest(object)));
}
