// The births and registrations of synthetic people.
import type { Random } from "./random.ts";

/** Days of birth; 45% are before 1970. */
const BIRTHS = calendar(Date.UTC(1944, 8, 1), Date.UTC(2001, 5, 1));
const REGISTRATIONS = calendar(Date.UTC(2002, 2, 1), Date.UTC(2022, 5, 1));
const MINUTES = clock(1440, 60_000, 11, 17);
const MILLISECONDS = clock(60_000, 1, 17, 24);
/** Ages refer to the last day of this year, so that a page never changes. */
const AGES_AS_OF = 2026;

export function birth(random: Random): string {
  return moment(random, BIRTHS);
}

/** The moment of a registration; one person in ten registers before the age of 18. */
export function registration(random: Random): string {
  return moment(random, REGISTRATIONS);
}

/** The days from one day up to another, as `YYYY-MM-DDT`, without the last. */
function calendar(from: number, to: number): readonly string[] {
  return Array.from(
    { length: (to - from) / 86_400_000 },
    (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 11),
  );
}

function clock(count: number, step: number, from: number, to: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => new Date(i * step).toISOString().slice(from, to));
}

function moment(random: Random, days: readonly string[]): string {
  return random.pick(days) + random.pick(MINUTES) + random.pick(MILLISECONDS);
}

/** A moment with its age, as JSON. */
export function dated(iso: string): string {
  return `{"date":"${iso}","age":${AGES_AS_OF - Number(iso.slice(0, 4))}}`;
}
