import type { ArgValues } from "gunshi";
import { type Effects, REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import type { LogEvent } from "../common/events.ts";
import { estimate, extract, fetchTime, type Plan, plan } from "../run/mod.ts";
import type { ClientEffects } from "../random_user.ts";
import type { Context, Terminal } from "./command.ts";
import type { extract as command } from "./extract.ts";
import { endLogged, lineLog } from "./log.ts";
import { planJson, planText } from "./plan_text.ts";
import { type Progress, startProgress } from "./progress.ts";
import { PATIENCE, wanted } from "./request.ts";
import { inputOf } from "./sources.ts";
import { type Summary, summaryJson, summaryText } from "./summary.ts";

type Values = ArgValues<typeof command["args"]>;

const MAX_REJECTS = { share: 0.01 } as const;

interface Run {
  readonly values: Values;
  readonly context: Context;
  readonly effects: Effects & ClientEffects;
  readonly root: string;
  readonly timeout: number;
}

async function printPlan(planned: Plan, { values, context, root, timeout }: Run): Promise<void> {
  const { mode, replaceOther = false } = values;
  const estimated = await estimate(planned, { root, mode });
  const what = { ...estimated, root, mode, replaceOther, timeout };
  context.terminal.out(values.json ? planJson(what) : planText(what));
}

async function fill(
  { source, client }: Plan,
  { values, context, effects, root, timeout }: Run,
  progress: Progress | undefined,
): Promise<Summary> {
  const started = effects.now();
  const result = await extract(source, {
    root,
    client,
    signal: context.signal,
    mode: values.mode,
    replaceOther: values.replaceOther ?? false,
    workers: values.workers,
    restart: values.restart,
    deadline: started + timeout * 1000,
    maxRejects: values.maxRejects ?? MAX_REJECTS,
    onPage: ({ received }) => progress?.add(received),
    effects,
  });
  return { ...result, root, seconds: (effects.now() - started) / 1000 };
}

function printSummary(summary: Summary, { values, terminal }: {
  values: Values;
  terminal: Terminal;
}): void {
  if (values.json) terminal.out(summaryJson(summary));
  else if (values.log !== "json") terminal.err(summaryText(summary));
}

/** Runs `extract`. With `--log json`, expected errors are events, so that stderr is only JSON. */
export async function runExtract(
  values: Values,
  context: Context,
  real: ClientEffects = {},
): Promise<ExitStatus> {
  const { terminal, positionals } = context;
  const { now } = { ...REAL, ...real };
  let progress: Progress | undefined;
  const log = values.log === undefined
    ? (event: LogEvent) => progress?.show(event)
    : lineLog(values.log, { terminal, now });
  const effects = { ...REAL, ...real, log };
  return await endLogged(values, { log, now, terminal }, async () => {
    const asked = wanted(values, positionals);
    const input = inputOf([asked.source].flat(), terminal);
    const planned = await plan(asked, { ...effects, ...input });
    const timeout = values.timeout ?? Math.ceil(PATIENCE + 2 * fetchTime(planned));
    const run = { values, context, effects, root: values.out, timeout };
    if (values.dryRun) {
      await printPlan(planned, run);
      return EXIT.done;
    }
    if (values.log === undefined) progress = startProgress(terminal, planned.source.people);
    const summary = await fill(planned, run, progress).finally(() => progress?.stop());
    printSummary(summary, { values, terminal });
    return EXIT.done;
  });
}
