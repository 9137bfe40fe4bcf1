/** Days before each month, in years that start in March so that leap days come last. */
const DAYS_BEFORE = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** Days from 1 March of the year 0 to 1 January 1970. */
const EPOCH = 719_468;

/** Converts a valid moment, `1990-01-31T12:34:56.789Z`, at a byte to milliseconds since 1970. */
export function milliseconds(iso: Uint8Array, start = 0): number {
  const two = (at: number) => iso[start + at]! * 10 + iso[start + at + 1]! - 11 * 48;
  const month = two(5);
  const year = two(0) * 100 + two(2) - (month < 3 ? 1 : 0);
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  const days = year * 365 + leaps + DAYS_BEFORE[month - 1]! + two(8) - 1 - EPOCH;
  const minutes = (days * 24 + two(11)) * 60 + two(14);
  return (minutes * 60 + two(17)) * 1000 + two(20) * 10 + iso[start + 22]! - 48;
}
