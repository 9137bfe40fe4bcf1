import { assert, assertEquals } from "@std/assert";
import { isGood, readCatalog } from "../../etl/backup/catalog.ts";
import { openFolder } from "../../etl/backup/folder.ts";
import { makeId } from "../../etl/backup/place.ts";
import { ABANDONED_AFTER, type Keep, toRemove } from "../../etl/backup/retention.ts";
import type { Entry, State } from "../../etl/backup/catalog.ts";
import type { BackupManifest } from "../../etl/backup/manifest.ts";
import { temporary } from "../temporary.ts";
import { at, backUp } from "./support.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Makes a backup entry with a start time. */
function entry(time: string, { state = "complete", name = "data" }: {
  state?: State;
  name?: string;
} = {}): Entry {
  const moment = at(time);
  const good = state === "complete" || state === "verified" || state === "failed";
  const source = { kind: "dataset", name };
  return {
    id: makeId(moment, { kind: "dataset", tag: "0123456789ab" }),
    state,
    note: undefined,
    manifest: good
      ? { ended: new Date(moment).toISOString(), source } as BackupManifest
      : undefined,
    objects: [],
    bytes: 0,
    modified: moment,
  };
}

/** Returns the entries that remain after a removal. */
function kept(entries: readonly Entry[], keep: Partial<Keep>, now = "2026-12-01T00:00:00Z") {
  const all = { daily: 0, weekly: 0, monthly: 0, ...keep };
  const gone = toRemove(entries, { keep: all, now: at(now) });
  return entries.filter((one) => !gone.includes(one));
}

/** Makes one entry a day at 01:00. */
function nightly(first: string, days: number): Entry[] {
  return Array.from(
    { length: days },
    (_, day) => entry(new Date(at(first) + day * DAY).toISOString()),
  );
}

const days = (entries: readonly Entry[]) => entries.map(({ id }) => id.slice(4, 8));

Deno.test("the newest backup of each of the last days, weeks and months is kept", () => {
  const year = nightly("2026-01-01T01:00:00Z", 334);
  assertEquals(days(kept(year, { daily: 3 })), ["1128", "1129", "1130"]);
  // The 30th is a Monday, so the last full week ends on Sunday the 29th.
  assertEquals(days(kept(year, { weekly: 3 })), ["1122", "1129", "1130"]);
  assertEquals(days(kept(year, { monthly: 3 })), ["0930", "1031", "1130"]);
  const all = kept(year, { daily: 2, weekly: 2, monthly: 2 });
  assertEquals(days(all), ["1031", "1129", "1130"]);
});

Deno.test("days without a backup do not count, and two backups of a day count once", () => {
  const entries = [
    entry("2026-11-01T01:00:00Z"),
    entry("2026-11-20T01:00:00Z"),
    entry("2026-11-20T02:00:00Z"),
  ];
  assertEquals(kept(entries, { daily: 2 }), [entries[0]!, entries[2]!]);
});

Deno.test("the last good and the last verified backup are never removed", () => {
  const entries = [
    entry("2026-11-01T01:00:00Z", { state: "verified" }),
    entry("2026-11-02T01:00:00Z"),
    entry("2026-11-03T01:00:00Z"),
    entry("2026-11-04T01:00:00Z", { state: "failed" }),
    entry("2026-11-05T01:00:00Z", { state: "damaged" }),
  ];
  assertEquals(days(kept(entries, {})), ["1101", "1103", "1104", "1105"]);
  const single = [entry("2020-01-01T01:00:00Z")];
  assertEquals(kept(single, {}), single);
});

Deno.test("a verified backup is preferred to a newer one of the same day", () => {
  const entries = [
    entry("2026-11-01T01:00:00Z", { state: "verified" }),
    entry("2026-11-01T02:00:00Z"),
    entry("2026-11-02T02:00:00Z", { state: "verified" }),
  ];
  assertEquals(kept(entries, { daily: 2 }), [entries[0]!, entries[2]!]);
});

Deno.test("the last good backup of each source is kept", () => {
  const entries = [
    entry("2026-11-01T01:00:00Z", { name: "postgres://a/b" }),
    entry("2026-11-02T01:00:00Z"),
    entry("2026-11-03T01:00:00Z"),
  ];
  assertEquals(kept(entries, { daily: 1 }), [entries[0]!, entries[2]!]);
});

Deno.test("an interrupted backup is removed when it is too old to continue", () => {
  const entries = [entry("2026-11-01T01:00:00Z", { state: "unfinished" })];
  const after = (ms: number) => new Date(at("2026-11-01T01:00:00Z") + ms).toISOString();
  assertEquals(kept(entries, {}, after(ABANDONED_AFTER)).length, 1);
  assertEquals(kept(entries, {}, after(ABANDONED_AFTER + 1)).length, 0);
});

Deno.test("a backup with --keep removes only the objects of older backups", async () => {
  await using folder = await temporary();
  const store = openFolder(folder.path);
  await Deno.writeTextFile(`${folder.path}/theirs.txt`, "another file");
  const keep = { daily: 2, weekly: 0, monthly: 0 };
  const ids: string[] = [];
  for (let day = 1; day <= 4; day++) {
    const now = () => at(`2026-11-0${day}T01:00:00Z`);
    const { manifest, removed } = await backUp(store, { now, keep });
    ids.push(manifest.id);
    assertEquals(removed, day < 3 ? [] : [ids[day - 3]!]);
  }
  const left = await readCatalog(store);
  assertEquals(left.map(({ id }) => id), ids.slice(-2));
  assert(left.every(isGood));
  const names = await Array.fromAsync(Deno.readDir(folder.path), ({ name }) => name);
  assertEquals(names.sort(), [...ids.slice(-2), "theirs.txt"]);
});
