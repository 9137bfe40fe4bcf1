/**
 * Runs `extract` for a person or a program at the command line.
 *
 * @module
 */
import type { ArgValues } from "gunshi";
import type { ApiVersion, Nationality } from "../../schema/mod.ts";
import { REAL } from "../effects.ts";
import type { AbandonedRun } from "../dataset/staging.ts";
import { plan, type Wanted } from "../extract/plan.ts";
import { extract, type ExtractResult } from "../extract/run.ts";
import type { Context } from "./command.ts";
import type { extract as command } from "./extract.ts";
import { startProgress } from "./progress.ts";
import { summaryJson, summaryText } from "./summary.ts";

type Values = ArgValues<typeof command["args"]>;

/** Share of people that may fail a rule unless told otherwise. */
const MAX_REJECTS = { share: 0.01 } as const;

/** Only the options that were given. */
function wanted(values: Values): Wanted {
  const { source, results, pageSize, seed, nat, gender, apiVersion, api } = values;
  const options = { results, pageSize, seed, nat, gender, version: apiVersion, api };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { source, ...Object.fromEntries(given) } as Wanted & {
    nat?: Nationality[];
    version?: ApiVersion;
  };
}

/** One line on a run that was given up. */
function abandonedText({ command, ageMs, removed }: AbandonedRun): string {
  const hours = Math.floor(ageMs / 3_600_000);
  const age = hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
  const what = `${command ?? "a run that had hardly begun"}, ${age} ago`;
  return removed ? `Removed an abandoned run: ${what}\n` : `Not finished: ${what}\n`;
}

/** Plans the run, shows how far it is, and prints what it did. */
export async function runExtract(values: Values, { terminal, signal }: Context): Promise<void> {
  const started = REAL.now();
  const { source, client } = await plan(wanted(values), REAL);
  const progress = startProgress(terminal, source.people);
  const root = values.out.replace(/\/+$/, "");
  let result: ExtractResult;
  try {
    result = await extract(source, {
      root,
      client,
      signal,
      mode: values.mode,
      onAbandoned: (run) => terminal.err(abandonedText(run)),
      maxRejects: values.maxRejects ?? MAX_REJECTS,
      onPage: ({ received }) => progress.add(received),
    });
  } finally {
    progress.stop();
  }
  const summary = { ...result, root, seconds: (REAL.now() - started) / 1000 };
  if (values.json) terminal.out(summaryJson(summary));
  else terminal.err(summaryText(summary));
}
