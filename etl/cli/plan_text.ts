// Prints the plan of `extract --dry-run`.
import { TABLE_NAMES } from "../../schema/mod.ts";
import { duration } from "../common/duration.ts";
import type { Estimate } from "../run/mod.ts";
import { PERSON_TABLES } from "../transform/normalise/mod.ts";
import type { Request } from "../extract/pages/pages.ts";
import { number, plural, size } from "../common/counts.ts";

interface Planned extends Estimate {
  readonly root: string;
  readonly mode: "replace" | "append";
  readonly replaceOther: boolean;
  /** Seconds until fetching gives up. */
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

function effectText({ replaces, root, mode, replaceOther }: Planned): string[] {
  if (mode === "append") return [`Adds to ${root}/tables whom they lack`];
  if (replaces === undefined) return [`Makes ${root}/tables`];
  const refused = replaces.refused && !replaceOther;
  return [
    refused
      ? `Is refused without --replace-other, in ${root}/tables`
      : `Replaces in ${root}/tables`,
    ...TABLE_NAMES.map((name) =>
      `  ${name.padEnd(10)} ${number(replaces.rows[name]).padStart(11)} rows`
    ),
    ...replaces.requests.map((replaced) => `  from ${inWords(replaced)}`),
  ];
}

export function planText(planned: Planned): string {
  const { request, people, pages, parts, done } = planned;
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
    ...effectText(planned),
  ];
  return lines.join("\n") + "\n\nNothing was fetched or changed.\n";
}

export function planJson(
  { root, people, replaces, replaceOther: _, ...planned }: Planned,
): string {
  return JSON.stringify({
    out: root,
    people: people ?? null,
    ...planned,
    replaces: replaces ?? null,
  }) + "\n";
}
