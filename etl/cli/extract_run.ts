import type { ArgValues } from "gunshi";
import type { ExitStatus } from "../common/errors.ts";
import type { ClientEffects } from "../random_user.ts";
import { estimate, extract } from "../run/mod.ts";
import type { Context } from "./command.ts";
import type { extract as command } from "./extract.ts";
import { planJson, planText, type Summary, summaryJson, summaryText } from "./extract_text.ts";
import { fetching, type Job } from "./fetching.ts";

type Values = ArgValues<typeof command["args"]>;

const MAX_REJECTS = { share: 0.01 } as const;

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
    maxRejects: values.maxRejects ?? MAX_REJECTS,
    onPage: ({ received }) => progress?.add(received),
    effects,
  });
  return { ...result, root: values.out, seconds: (effects.now() - started) / 1000 };
}

/** Runs `extract`. With `--log json`, expected errors are events, so that stderr is only JSON. */
export async function run(
  values: Values,
  context: Context,
  real: ClientEffects = {},
): Promise<ExitStatus> {
  const { terminal } = context;
  return await fetching(values, async (job) => {
    if (values.dryRun) return terminal.out(await planOf(job, values));
    const summary = await fill(job, { values, signal: context.signal });
    if (values.json) terminal.out(summaryJson(summary));
    else if (values.log !== "json") terminal.err(summaryText(summary));
  }, { context, real });
}
