/**
 * What `extract --dry-run` prints.
 *
 * @module
 */
import { TABLE_NAMES } from "../../schema/mod.ts";
import { duration } from "../common/duration.ts";
import type { Estimate } from "../run/estimate.ts";
import { PERSON_TABLES } from "../transform/normalise/rows.ts";
import type { Request } from "../extract/pages/pages.ts";
import { number, plural, size } from "./summary.ts";

/** An estimate, and where and for how long the run would go. */
interface Planned extends Estimate {
  readonly root: string;
  /** Seconds after which fetching gives up. */
  readonly timeout: number;
}

function inWords(request: Request): string {
  return Object.entries(request).map(([name, value]) =>
    `${name} ${typeof value === "object" ? value.join(",") : value}`
  ).join(", ");
}

function fetching({ requests, bytes, seconds, rate, timeout }: Planned): string[] {
  if (requests === 0) return [];
  const at = rate === 0 ? "no limit of people" : `at ${number(rate)} people in 5 min`;
  return [
    `  download   about ${size(bytes)} in ${plural(requests, "request")}`,
    `  time       about ${duration(seconds)}, ${at}; gives up after ${duration(timeout)}`,
  ];
}

/** The plan for a person. */
export function planText(planned: Planned): string {
  const { request, people, pages, parts, done, replaces, root } = planned;
  const left = done.pages + done.batches === 0
    ? ""
    : `, ${done.pages} fetched and ${done.batches} of ${parts} batches built already`;
  const others = TABLE_NAMES.filter((name) => !(PERSON_TABLES as readonly string[]).includes(name));
  const lines = [
    `Plan: ${inWords(request)}`,
    `  people     ${people === undefined ? "unknown" : number(people)}`,
    `  pages      ${number(pages)}${left}`,
    ...fetching(planned),
    `  parts      ${number(parts)} of ${PERSON_TABLES.join(", ")}; 1 of ${others.join(", ")}`,
    "",
    replaces === undefined ? `Makes ${root}/tables` : `Replaces in ${root}/tables`,
  ];
  for (const name of replaces === undefined ? [] : TABLE_NAMES) {
    lines.push(`  ${name.padEnd(10)} ${number(replaces?.rows[name] ?? 0).padStart(11)} rows`);
  }
  for (const replaced of replaces?.requests ?? []) lines.push(`  from ${inWords(replaced)}`);
  return lines.join("\n") + "\n\nNothing was fetched or changed.\n";
}

/** The plan for a program. */
export function planJson({ root, people, replaces, ...planned }: Planned): string {
  return JSON.stringify({
    out: root,
    people: people ?? null,
    ...planned,
    replaces: replaces ?? null,
  }) + "\n";
}
