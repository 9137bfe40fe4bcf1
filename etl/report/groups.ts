// Counts people by group. Groups based on personal values have at least five people, so that no
// plot is about one person.
import { type Asked, counts, type Frequency, shapeSql } from "./profile.ts";

export const FEWEST = 5;

interface AgeGroup {
  readonly from: number;
  readonly gender: string;
  readonly count: number;
}

interface ZoneGroup {
  /** The offset as the API writes it: `+5:45`. */
  readonly offset: string;
  /** The offset in hours. */
  readonly hours: number;
  readonly places: string;
  readonly count: number;
}

/** Groups that are large enough to show; `left` counts the people in the others. */
export interface Guarded<Group> {
  readonly groups: readonly Group[];
  readonly left: number;
}

export interface Groups {
  readonly countries: readonly Frequency[];
  readonly ages: Guarded<AgeGroup>;
  readonly registrations: Guarded<Frequency>;
  readonly zones: readonly ZoneGroup[];
  readonly postcodes: Guarded<Frequency>;
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

async function ages(asked: Asked, now: number): Promise<Guarded<AgeGroup>> {
  const today = new Date(now).toISOString().slice(0, 10);
  const age = `date_sub('year', date_of_birth, timestamp '${today} 00:00:00')`;
  const found = await counts(
    asked,
    `select (${age} // ${AGE_SPAN} * ${AGE_SPAN})::varchar || ' ' || gender, count(*) from users
     group by 1 order by 1`,
  );
  const groups = found.map(({ value, count }) => {
    const [from, gender = ""] = value.split(" ");
    return { from: Number(from), gender, count };
  });
  return guard(groups.sort((a, b) => a.from - b.from || (a.gender < b.gender ? -1 : 1)));
}

async function zones(asked: Asked): Promise<ZoneGroup[]> {
  const found = await counts(
    asked,
    `select utc_offset || ' ' || description, count(*) from users
     join timezones using (timezone_code) group by 1 order by 1`,
  );
  const groups = found.map(({ value, count }) => {
    const [, offset = "", places = ""] = /^(\S*) (.*)$/s.exec(value) ?? [];
    return { offset, hours: hoursOf(offset), places, count };
  });
  return groups.sort((a, b) => a.hours - b.hours);
}

/** Groups people; `now` determines their ages. */
export async function groupPeople(asked: Asked, now: number): Promise<Groups> {
  return {
    countries: await counts(
      asked,
      `select country_name, count(*) from users join countries using (country_code)
       group by 1 order by 2 desc, 1`,
    ),
    ages: await ages(asked, now),
    registrations: guard(
      await counts(
        asked,
        "select year(registered_at)::varchar, count(*) from users group by 1 order by 1",
      ),
    ),
    zones: await zones(asked),
    postcodes: guard(
      await counts(
        asked,
        `select ${shapeSql("postcode")}, count(*) from users group by 1 order by 2 desc, 1`,
      ),
    ),
  };
}
