import { number, plural } from "../common/counts.ts";
import type { TableContents } from "./manifest.ts";

/** How two contents differ, one line a table. */
export function differences(expected: TableContents, found: TableContents): string[] {
  const all = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return all.flatMap((name) => {
    const [wanted, got] = [expected[name], found[name]];
    if (wanted === undefined) return [`${name} should not be there`];
    if (got === undefined) return [`${name} is not there`];
    if (got.rows !== wanted.rows) {
      return [`${name} has ${plural(got.rows, "row")} instead of ${number(wanted.rows)}`];
    }
    return got.sha256 === wanted.sha256 ? [] : [`${name} has other values`];
  });
}
