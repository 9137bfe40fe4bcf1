// Decides which backups to keep. The last good backup of a source is never removed.
import { type Entry, type Good, isGood } from "./catalog.ts";
import { MANIFEST_NAME } from "./manifest.ts";
import type { Store } from "./store.ts";

/** The number of days, weeks and months for which the newest backup is kept. */
export type Keep = Readonly<Record<"daily" | "weekly" | "monthly", number>>;

/** Milliseconds until an interrupted backup is removed. */
export const ABANDONED_AFTER = 3 * 24 * 60 * 60 * 1000;

const PERIODS: { readonly [P in keyof Keep]: (day: Temporal.PlainDate) => Temporal.PlainDate } = {
  daily: (day) => day,
  weekly: (day) => day.subtract({ days: day.dayOfWeek - 1 }),
  monthly: (day) => day.with({ day: 1 }),
};

function dayOf({ manifest: { ended } }: Good): Temporal.PlainDate {
  return Temporal.Instant.from(ended).toZonedDateTimeISO("UTC").toPlainDate();
}

/** Returns the newest backup of each recent period, a verified one if possible. */
function newestOf(good: readonly Good[], { period, count }: { period: keyof Keep; count: number }) {
  const periods = Map.groupBy(good, (entry) => PERIODS[period](dayOf(entry)).toString());
  return [...periods.values()].slice(count === 0 ? periods.size : -count)
    .map((those) => those.findLast(({ state }) => state === "verified") ?? those.at(-1)!);
}

/** Returns the backups to keep; `good` has those of one source, oldest first. */
function keptOf(good: readonly Good[], keep: Keep): Entry[] {
  const lastVerified = good.findLast(({ state }) => state === "verified");
  const periods = Object.keys(PERIODS) as (keyof Keep)[];
  return [
    ...good.slice(-1),
    ...(lastVerified === undefined ? [] : [lastVerified]),
    ...periods.flatMap((period) => newestOf(good, { period, count: keep[period] })),
  ];
}

/** Returns good backups that no rule keeps, and abandoned ones, but no damaged or failed ones. */
export function toRemove(
  entries: readonly Entry[],
  { keep, now }: { keep: Keep; now: number },
): Entry[] {
  const ended = ({ manifest }: Good) => Date.parse(manifest.ended);
  const good = entries.filter(isGood).sort((a, b) => ended(a) - ended(b));
  const sources = Map.groupBy(good, ({ manifest: { source } }) => `${source.kind} ${source.name}`);
  const kept = new Set([...sources.values()].flatMap((those) => keptOf(those, keep)));
  return entries.filter((entry) =>
    isGood(entry)
      ? !kept.has(entry)
      : entry.state === "unfinished" && now - entry.modified > ABANDONED_AFTER
  );
}

/** Removes a backup, its manifest first, so that an interrupted removal leaves no backup. */
export async function removeBackup(store: Store, { id, objects }: Entry): Promise<void> {
  const all = objects.map((object) => ({ ...object, name: `${id}/${object.name}` }));
  const isManifest = ({ name }: { name: string }) => name === `${id}/${MANIFEST_NAME}`;
  await store.remove(all.filter(isManifest));
  await store.remove(all.filter((object) => !isManifest(object)));
}
