// Counts people by group. Groups based on personal values have at least five people, so that no
// plot is about one person.
import { ask, type Asked, counts, shapeSql } from "./profile.ts";

export const FEWEST = 5;

/** Groups that are large enough to show; `left` counts the people in the others. */
interface Guarded<Group> {
  readonly groups: readonly Group[];
  readonly left: number;
}

export const AGE_SPAN = 5;

function guard<Group extends { readonly count: number }>(
  groups: readonly Group[],
): Guarded<Group> {
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

/** Groups people; `now` determines their ages. */
export async function groupPeople(asked: Asked, now: number) {
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
