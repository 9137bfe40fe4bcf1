import { number, peopleCount, plural, size } from "../common/counts.ts";
import { TABLE_NAMES } from "../../schema/mod.ts";
import type { ExtractResult } from "../run/mod.ts";
import { commandLine } from "./shell.ts";

/** An example of a first question. */
const PEOPLE_BY_COUNTRY = "select country_code, count(*) as people from users group by 1";

export interface Summary extends ExtractResult {
  readonly root: string;
  readonly seconds: number;
}

function sizes({ manifest }: ExtractResult): Record<string, { rows: number; bytes: number }> {
  return Object.fromEntries(TABLE_NAMES.map((name) => {
    const { rows, parts } = manifest.tables[name];
    return [name, { rows, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) }];
  }));
}

/** Summarizes a run: rows and bytes of each table, rejects by cause, what to try next. */
export function summaryText(summary: Summary): string {
  const { manifest, people, causes, rejects, root, seconds } = summary;
  const { received, rejected, repeated, forgotten, added } = people;
  const kept = manifest.tables.users.rows;
  const where = `in six tables under ${root}/tables, in ${seconds.toFixed(1)} s`;
  const lines = [
    added === kept
      ? `${peopleCount(kept)} ${where}`
      : `${peopleCount(added)} added to ${number(kept - added)} ${where}`,
    "",
  ];
  for (const [name, { rows, bytes }] of Object.entries(sizes(summary))) {
    lines.push(
      `  ${name.padEnd(10)} ${number(rows).padStart(11)} rows ${size(bytes).padStart(10)}`,
    );
  }
  lines.push("");
  if (repeated > 0) {
    lines.push(`${number(repeated)} of ${peopleCount(received)} already in the tables; kept once`);
  }
  if (forgotten > 0) lines.push(`${number(forgotten)} forgotten people left out`);
  if (rejected > 0) lines.push(`${number(rejected)} of ${peopleCount(received)} rejected:`);
  for (const { path, rule, expected, count, first } of causes.slice(0, 5)) {
    lines.push(
      `  ${number(count)} × ${path}: expected ${expected}, got ${first.received} (${rule})`,
      `      first at row ${first.row} of ${first.page}`,
    );
  }
  if (causes.length > 5) lines.push(`  and ${plural(causes.length - 5, "more cause")}`);
  if (rejects !== undefined) lines.push(`  all of them in ${rejects}`);
  lines.push(`Try: ${commandLine("query", { data: root }, [PEOPLE_BY_COUNTRY])}`);
  return lines.join("\n") + "\n";
}

export function summaryJson(summary: Summary): string {
  const { manifest, people, causes, rejects, root, seconds } = summary;
  return JSON.stringify({
    out: root,
    seconds: Number(seconds.toFixed(3)),
    people,
    tables: sizes(summary),
    request: manifest.requests.at(-1),
    rejects: { file: rejects ?? null, causes },
  }) + "\n";
}
