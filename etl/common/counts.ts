/** Formats a count with thousands separators. */
export function number(value: number): string {
  return value.toLocaleString("en");
}

/** Formats a count with its noun: `1 row`, `2,000 rows`, `2 people`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${number(count)} ${count === 1 ? noun : many}`;
}

export function peopleCount(count: number): string {
  return plural(count, "person", "people");
}

/** Formats bytes in a suitable unit. */
export function size(bytes: number): string {
  const [unit, by] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${(bytes / Number(by)).toFixed(1)} ${unit}`;
}

/** Formats seconds as `12 s`, `3 min 20 s` or `4 h 5 min`, rounded up; `?` if unknown. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
