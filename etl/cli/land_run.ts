import type { ArgValues } from "gunshi";
import { type Effects, REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import { fetchTime, plan } from "../run/mod.ts";
import { land, type Landed } from "../run/land/land.ts";
import type { ClientEffects } from "../random_user.ts";
import type { Context } from "./command.ts";
import type { land as command } from "./land.ts";
import { endLogged, lineLog } from "./log.ts";
import { type Progress, startProgress } from "./progress.ts";
import { PATIENCE, wanted } from "./request.ts";
import { inputOf } from "./sources.ts";
import { commandLine } from "./shell.ts";
import { number, plural, size } from "../common/counts.ts";

type Values = ArgValues<typeof command["args"]>;

interface Summary extends Landed {
  readonly out: string;
  readonly seconds: number;
}

function totals({ files }: Landed) {
  const sum = (count: (file: Landed["files"][number]) => number) =>
    files.reduce((total, file) => total + count(file), 0);
  return {
    people: sum(({ people }) => people),
    bytes: sum(({ bytes }) => bytes),
    kept: sum(({ kept }) => Number(kept)),
  };
}

function isWhole({ range, pages }: Pick<Landed, "pages" | "range">): boolean {
  return range.from === 1 && range.to === pages;
}

function summaryText(summary: Summary): string {
  const { range: { from, to }, pages, files, out, seconds } = summary;
  const { people, bytes, kept } = totals(summary);
  const some = isWhole(summary) ? plural(pages, "page") : `pages ${from}-${to} of ${number(pages)}`;
  const there = kept === 0 ? "" : `; ${number(kept)} of them there already`;
  return [
    `${number(people)} people on ${some} in ${plural(files.length, "file")} under ${out}, ` +
    `${size(bytes)}, in ${seconds.toFixed(1)} s${there}`,
    // Suggests --dry-run, because a real run would replace existing tables.
    `${isWhole(summary) ? "Try" : "Land the other pages too, then"}: ${
      commandLine("extract", { source: out, "dry-run": true })
    }`,
    "",
  ].join("\n");
}

function summaryJson({ out, run, request, range, pages, files, seconds, ...summary }: Summary) {
  return JSON.stringify({
    out,
    seconds: Number(seconds.toFixed(3)),
    run,
    request,
    pages: { ...range, of: pages },
    ...totals({ ...summary, run, request, range, pages, files }),
    files,
  }) + "\n";
}

export async function runLand(
  values: Values,
  { terminal, positionals, signal }: Context,
  real: ClientEffects = {},
): Promise<ExitStatus> {
  const { now } = { ...REAL, ...real };
  let progress: Progress | undefined;
  const log: Effects["log"] = values.log === undefined
    ? (event) => progress?.show(event)
    : lineLog(values.log, { terminal, now });
  const effects = { ...REAL, ...real, log };
  const { out } = values;
  const started = now();
  return await endLogged(values, { log, now, terminal }, async () => {
    const asked = wanted(values, positionals);
    const input = inputOf([asked.source].flat(), terminal);
    const planned = await plan(asked, { ...effects, ...input });
    const timeout = values.timeout ?? Math.ceil(PATIENCE + 2 * fetchTime(planned));
    if (values.log === undefined) progress = startProgress(terminal, undefined);
    const landed = await land(planned.source, {
      out,
      range: values.pages,
      workers: values.workers,
      client: planned.client,
      signal,
      deadline: started + timeout * 1000,
      onPeople: (people) => progress?.add(people),
      effects,
    }).finally(() => progress?.stop());
    const summary = { ...landed, out, seconds: (now() - started) / 1000 };
    if (values.json) terminal.out(summaryJson(summary));
    else terminal.err(summaryText(summary));
    return EXIT.done;
  });
}
