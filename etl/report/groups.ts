// How people spread over groups: what the plots show. Groups made from personal values are shown
// from five people on, so that no plot is about one person.
import { type Asked, counts } from "./ask.ts";
import { type Frequency, shapeSql } from "./profile.ts";

/** Fewest people of a group that is made from personal values. */
export const FEWEST = 5;

/** People of one gender in one span of ages. */
interface AgeGroup {
  /** Youngest age of the span. */
  readonly from: number;
  readonly gender: string;
  readonly count: number;
}

/** A time zone with its people. */
interface ZoneGroup {
  /** As the API writes it: `+5:45`. */
  readonly offset: string;
  /** The same in hours. */
  readonly hours: number;
  readonly places: string;
  readonly count: number;
}

/** Groups, and how many people are in groups too small to be shown. */
export interface Guarded<Group> {
  readonly groups: readonly Group[];
  readonly left: number;
}

/** What the plots show. */
export interface Groups {
  readonly countries: readonly Frequency[];
  readonly ages: Guarded<AgeGroup>;
  readonly registrations: Guarded<Frequency>;
  readonly zones: readonly ZoneGroup[];
  readonly postcodes: Guarded<Frequency>;
}

/** Years of a span of ages. */
export const AGE_SPAN = 5;

function guard<Group extends { readonly count: number }>(
  groups: readonly Group[],
): Guarded<Group> {
  const shown = groups.filter(({ count }) => count >= FEWEST);
  const sum = (of: readonly Group[]) => of.reduce((total, { count }) => total + count, 0);
  return { groups: shown, left: sum(groups) - sum(shown) };
}

/** Hours of an offset as the API writes it; 0 for what is none. */
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

/** Counts people by group. `now` says how old they are. */
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
