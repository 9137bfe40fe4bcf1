import { TABLE_NAMES } from "../../schema/mod.ts";
import { duration, number, peopleCount, plural, size } from "../common/counts.ts";
import type { ExitStatus } from "../common/errors.ts";
import type { Request } from "../extract/pages/pages.ts";
import type { ClientEffects } from "../random_user.ts";
import { type Estimate, estimate, extract, type ExtractResult } from "../run/mod.ts";
import { PERSON_TABLES } from "../transform/normalise/mod.ts";
import { type Context, jsonLine, type ValuesOf } from "./command.ts";
import type { extract as command } from "./extract.ts";
import { fetching, type Job } from "./fetching.ts";
import { commandLine } from "./shell.ts";

type Values = ValuesOf<typeof command>;

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

function fetchingText({ requests, bytes, seconds, rate, timeout }: Planned): string[] {
  if (requests === 0) return [];
  const at = rate === 0 ? "no limit of people" : `at ${peopleCount(rate)} in 5 min`;
  return [
    `  download   about ${size(bytes)} in ${plural(requests, "request")}`,
    `  time       about ${duration(seconds)}, ${at}; gives up after ${duration(timeout)}`,
  ];
}

function effectText({ replaces, root, mode, replaceOther }: Planned): string[] {
  if (mode === "append") return [`Adds to ${root}/tables the people who are not in it yet`];
  if (replaces === undefined) return [`Makes ${root}/tables`];
  const refused = replaces.refused && !replaceOther;
  return [
    refused
      ? `Refuses without --replace-other to replace in ${root}/tables`
      : `Replaces in ${root}/tables`,
    ...TABLE_NAMES.map((name) =>
      `  ${name.padEnd(10)} ${plural(replaces.rows[name], "row ", "rows").padStart(16)}`.trimEnd()
    ),
    ...replaces.requests.map((replaced) => `  from ${inWords(replaced)}`),
  ];
}

function planText(planned: Planned): string {
  const { request, people, pages, parts, done } = planned;
  const left = done.pages + done.batches === 0
    ? ""
    : `, ${done.pages} fetched and ${done.batches} of ${parts} batches built already`;
  const others = TABLE_NAMES.filter((name) => !(PERSON_TABLES as readonly string[]).includes(name));
  const lines = [
    `Plan: ${inWords(request)}`,
    `  people     ${people === undefined ? "unknown" : number(people)}`,
    `  pages      ${number(pages)}${left}`,
    ...fetchingText(planned),
    `  parts      ${number(parts)} of ${PERSON_TABLES.join(", ")}; 1 of ${others.join(", ")}`,
    "",
    ...effectText(planned),
  ];
  return lines.join("\n") + "\n\nNothing was fetched or changed.\n";
}

function planJson({ root, people, replaces, replaceOther: _, ...planned }: Planned): string {
  return jsonLine({
    out: root,
    people: people ?? null,
    ...planned,
    replaces: replaces ?? null,
  });
}

const PEOPLE_BY_COUNTRY = "select country_code, count(*) as people from users group by 1";

interface Summary extends ExtractResult {
  readonly root: string;
  readonly seconds: number;
}

function sizes({ manifest }: ExtractResult): Record<string, { rows: number; bytes: number }> {
  return Object.fromEntries(TABLE_NAMES.map((name) => {
    const { rows, parts } = manifest.tables[name];
    return [name, { rows, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) }];
  }));
}

function summaryText(summary: Summary): string {
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
      `  ${name.padEnd(10)} ${plural(rows, "row ", "rows").padStart(16)} ${
        size(bytes).padStart(10)
      }`,
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

function summaryJson(summary: Summary): string {
  const { manifest, people, causes, rejects, root, seconds } = summary;
  return jsonLine({
    out: root,
    seconds: Number(seconds.toFixed(3)),
    people,
    tables: sizes(summary),
    request: manifest.requests.at(-1),
    rejects: { file: rejects ?? null, causes },
  });
}

async function planOf({ planned, timeout }: Job, values: Values): Promise<string> {
  const { mode, replaceOther = false, out: root } = values;
  const estimated = await estimate(planned, { root, mode });
  const what = { ...estimated, root, mode, replaceOther, timeout };
  return values.json ? planJson(what) : planText(what);
}

async function fill(
  job: Job,
  { values, signal }: { values: Values; signal: AbortSignal },
): Promise<Summary> {
  const { planned: { source, client }, effects, timeout } = job;
  const started = effects.now();
  const progress = job.progress(source.people);
  const result = await extract(source, {
    root: values.out,
    client,
    signal,
    mode: values.mode,
    replaceOther: values.replaceOther ?? false,
    workers: values.workers,
    restart: values.restart,
    deadline: started + timeout * 1000,
    maxRejects: values.maxRejects ?? { share: 0.01 },
    onPage: ({ received }) => progress?.add(received),
    effects,
  });
  return { ...result, root: values.out, seconds: (effects.now() - started) / 1000 };
}

export async function run(
  values: Values,
  context: Context,
  real: ClientEffects = {},
): Promise<ExitStatus> {
  const { terminal } = context;
  return await fetching(values, async (job) => {
    if (values.dryRun) {
      const text = await planOf(job, values);
      return () => terminal.out(text);
    }
    const summary = await fill(job, { values, signal: context.signal });
    return () => {
      if (values.json) terminal.out(summaryJson(summary));
      else if (values.log !== "json") terminal.err(summaryText(summary));
    };
  }, { context, real });
}
