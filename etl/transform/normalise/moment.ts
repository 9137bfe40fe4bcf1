import type { ByteBuffer } from "../../common/utf8.ts";

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

const [HYPHEN, POINT, COLON, T] = [0x2d, 0x2e, 0x3a, 0x54] as const;

/** Prints milliseconds of the years 1 to 9999, without `Z`: the inverse of {@link milliseconds}. */
export function printMoment(milliseconds: number, out: ByteBuffer): void {
  const days = Math.floor(milliseconds / 86_400_000);
  const time = milliseconds - days * 86_400_000 | 0;
  // 400 years have 146,097 days: the year within them, its day and its month start in March.
  const day = (days + EPOCH) % 146_097;
  const leaps = (day / 1460 | 0) - (day / 36_524 | 0) + (day / 146_096 | 0);
  const year = (day - leaps) / 365 | 0;
  const dayOfYear = day - (365 * year + (year >> 2) - (year / 100 | 0));
  const month = (5 * dayOfYear + 2) / 153 | 0;
  out.digits(year + ((days + EPOCH) / 146_097 | 0) * 400 + (month < 10 ? 0 : 1), 4);
  out.byte(HYPHEN);
  out.digits(month < 10 ? month + 3 : month - 9, 2);
  out.byte(HYPHEN);
  out.digits(dayOfYear - ((153 * month + 2) / 5 | 0) + 1, 2);
  out.byte(T);
  out.digits(time / 3_600_000 | 0, 2);
  out.byte(COLON);
  out.digits((time / 60_000 | 0) % 60, 2);
  out.byte(COLON);
  out.digits((time / 1000 | 0) % 60, 2);
  out.byte(POINT);
  out.digits(time % 1000, 3);
}
