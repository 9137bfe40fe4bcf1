/**
 * The births and registrations of synthetic people.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** The days people are born on: such that 45% are before 1970. */
const BIRTHS = calendar(Date.UTC(1944, 8, 1), Date.UTC(2001, 5, 1));
const REGISTRATIONS = calendar(Date.UTC(2002, 2, 1), Date.UTC(2022, 5, 1));
const MINUTES = clock(1440, 60_000, 11, 17);
const MILLISECONDS = clock(60_000, 1, 17, 24);
/** Ages are those of the last day of this year, so that a page never changes. */
const AGES_AS_OF = 2026;

/** When a person was born. */
export function birth(random: Random): string {
  return moment(random, BIRTHS);
}

/** When a person registered; of one in ten, before 18. */
export function registration(random: Random): string {
  return moment(random, REGISTRATIONS);
}

/** The days from one to before another, as `YYYY-MM-DDT`. */
function calendar(from: number, to: number): readonly string[] {
  return Array.from(
    { length: (to - from) / 86_400_000 },
    (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 11),
  );
}

/** A part of all times of a day or minute. */
function clock(count: number, step: number, from: number, to: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => new Date(i * step).toISOString().slice(from, to));
}

/** A moment in milliseconds on one of the days, `1990-01-31T12:34:56.789Z`. */
function moment(random: Random, days: readonly string[]): string {
  return random.pick(days) + random.pick(MINUTES) + random.pick(MILLISECONDS);
}

/** A moment and the age of what happened then, as JSON. */
export function dated(iso: string): string {
  return `{"date":"${iso}","age":${AGES_AS_OF - Number(iso.slice(0, 4))}}`;
}
