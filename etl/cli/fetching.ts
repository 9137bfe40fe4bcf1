// Shared by `extract` and `land`: turns a request into a plan and shows its progress or its log.
import type { ArgValues } from "gunshi";
import { type Effects, REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import type { ClientEffects } from "../random_user.ts";
import { fetchTime, type Plan, plan, type Wanted } from "../run/mod.ts";
import type { Context } from "./command.ts";
import { endLogged, lineLog } from "./log.ts";
import { inputOf, type LOG, PATIENCE, type REQUEST, sourcesOf } from "./options.ts";
import { type Progress, startProgress } from "./progress.ts";

type Request = ArgValues<typeof REQUEST>;
type Values = Request & ArgValues<{ log: typeof LOG; json: { type: "boolean" } }>;

/** Returns only the given options. Arguments are sources too. */
export function wanted(values: Request, positionals: readonly string[] = []): Wanted {
  const { path, results, pageSize, seed, nat, gender, apiVersion, api, rate } = values;
  const options = { path, results, pageSize, seed, nat, gender, version: apiVersion, api, rate };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const sources = sourcesOf(values.source, positionals);
  const source = sources.length > 1 ? sources : sources[0] ?? "api";
  return { source, ...Object.fromEntries(given) } as Wanted;
}

export interface Job {
  readonly planned: Plan;
  readonly effects: Effects & ClientEffects;
  /** Seconds until fetching gives up. */
  readonly timeout: number;
  /** Starts to show the progress, unless events are logged; `people` is the total if known. */
  readonly progress: (people?: number) => Progress | undefined;
}

/** Prints the result after the progress is cleared. With `--log json`, stderr is only JSON. */
export async function fetching(
  values: Values,
  work: (job: Job) => Promise<() => void>,
  { context: { terminal, positionals }, real }: { context: Context; real: ClientEffects },
): Promise<ExitStatus> {
  const { now } = { ...REAL, ...real };
  let shown: Progress | undefined;
  const log: Effects["log"] = values.log === undefined
    ? (event) => shown?.show(event)
    : lineLog(values.log, { terminal, now });
  const effects = { ...REAL, ...real, log };
  return await endLogged(values, { log, now, terminal }, async () => {
    const asked = wanted(values, positionals);
    const planned = await plan(asked, { ...effects, ...inputOf([asked.source].flat(), terminal) });
    const timeout = values.timeout ?? Math.ceil(PATIENCE + 2 * fetchTime(planned));
    const progress = (people?: number) =>
      shown = values.log === undefined ? startProgress(terminal, people) : undefined;
    const print = await work({ planned, effects, timeout, progress }).finally(() => shown?.stop());
    print();
    return EXIT.done;
  });
}
