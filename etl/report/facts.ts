// Masks values here, so that the page cannot show more. Groups based on personal values have at
// least five people, so that no plot is about one person.
import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import {
  committedTables,
  layout,
  readHistory,
  readManifest,
  readRuns,
  rejectsOf,
} from "../load/dataset/mod.ts";
import { erdDot } from "./diagram/erd.ts";
import { drawGraph } from "./diagram/graphviz.ts";
import { type EngineName, openDataset } from "../query/mod.ts";
import { ask, type Asked, counts, profileTable, shapeSql } from "./profile.ts";
import { causesIn } from "../run/mod.ts";

export const FEWEST = 5;

export const AGE_SPAN = 5;

/** Keeps groups that are large enough to show; `left` counts the people in the others. */
function guard<Group extends { readonly count: number }>(groups: readonly Group[]) {
  const shown = groups.filter(({ count }) => count >= FEWEST);
  const sum = (of: readonly Group[]) => of.reduce((total, { count }) => total + count, 0);
  return { groups: shown, left: sum(groups) - sum(shown) };
}

/** Parses an offset in hours; malformed offsets are 0. */
function hoursOf(offset: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-]?)(\d+):(\d+)$/.exec(offset) ?? [];
  return (Number(hours) + Number(minutes) / 60) * (sign === "-" ? -1 : 1);
}

async function ages(asked: Asked, now: number) {
  const today = new Date(now).toISOString().slice(0, 10);
  const age = `date_sub('year', date_of_birth, timestamp '${today} 00:00:00')`;
  const rows = await ask(
    asked,
    `select ${age} // ${AGE_SPAN} * ${AGE_SPAN}, gender, count(*) from users
     group by 1, 2 order by 1, 2`,
  );
  return guard(rows.map(([from, gender, count]) => ({
    from: Number(from),
    gender: gender ?? "",
    count: Number(count),
  })));
}

async function zones(asked: Asked) {
  const rows = await ask(
    asked,
    `select utc_offset, description, count(*) from users
     join timezones using (timezone_code) group by 1, 2 order by 1, 2`,
  );
  return rows.map(([offset, places, count]) => ({
    offset: offset ?? "",
    places: places ?? "",
    count: Number(count),
  })).sort((a, b) => hoursOf(a.offset) - hoursOf(b.offset));
}

async function groupPeople(asked: Asked, now: number) {
  const ofUsers = (select: string) => counts(asked, `select ${select}`);
  return {
    countries: await ofUsers(
      `country_name, count(*) from users join countries using (country_code)
       group by 1 order by 2 desc, 1`,
    ),
    ages: await ages(asked, now),
    registrations: guard(
      await ofUsers("year(registered_at)::varchar, count(*) from users group by 1 order by 1"),
    ),
    zones: await zones(asked),
    postcodes: guard(
      await ofUsers(`${shapeSql("postcode")}, count(*) from users group by 1 order by 2 desc, 1`),
    ),
  };
}

export type Groups = Awaited<ReturnType<typeof groupPeople>>;

export async function gatherFacts({ data, engine = "wasm", now, signal }: {
  readonly data: string;
  readonly engine?: EngineName;
  readonly now: number;
  readonly signal?: AbortSignal;
}) {
  const dataset = await openDataset(data, { engine });
  try {
    const manifest = await readManifest(await committedTables(data) ?? layout(data).tables);
    const asked: Asked = { dataset, signal };
    const tables = await Array.fromAsync(TABLE_NAMES, async (name) => {
      return await profileTable(name, { rows: manifest.tables[name].rows, asked });
    });
    return {
      now,
      data,
      manifest,
      tables,
      groups: await groupPeople(asked, now),
      runs: await readRuns(data),
      checks: await readHistory(data),
      causes: await causesIn(rejectsOf(data, manifest)),
      diagram: await drawGraph(erdDot(TABLE_NAMES.map((name) => TABLES[name]))),
    };
  } finally {
    dataset.close();
  }
}

export type Facts = Awaited<ReturnType<typeof gatherFacts>>;
