import { number, peopleCount, plural, size } from "../common/counts.ts";
import type { ExitStatus } from "../common/errors.ts";
import type { ClientEffects } from "../random_user.ts";
import { land, type Landed } from "../run/land/land.ts";
import { type Context, jsonLine, type ValuesOf } from "./command.ts";
import { fetching } from "./fetching.ts";
import type { land as command } from "./land.ts";
import { commandLine } from "./shell.ts";

type Values = ValuesOf<typeof command>;

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

function summaryText(summary: Summary): string {
  const { range: { from, to }, pages, files, out, seconds } = summary;
  const { people, bytes, kept } = totals(summary);
  const isWhole = from === 1 && to === pages;
  const range = from === to ? `page ${from}` : `pages ${from}-${to}`;
  const some = isWhole ? plural(pages, "page") : `${range} of ${number(pages)}`;
  const there = kept === 0 ? "" : `; ${number(kept)} of them existed already`;
  return [
    `${peopleCount(people)} on ${some} in ${plural(files.length, "file")} under ${out}, ` +
    `${size(bytes)}, in ${seconds.toFixed(1)} s${there}`,
    // Suggests --dry-run, because a real run would replace existing tables.
    `${isWhole ? "Try" : "Land the other pages too, then"}: ${
      commandLine("extract", { source: out, "dry-run": true })
    }`,
    "",
  ].join("\n");
}

function summaryJson(summary: Summary): string {
  const { out, run, request, range, pages, files, seconds } = summary;
  return jsonLine({
    out,
    seconds: Number(seconds.toFixed(3)),
    run,
    request,
    pages: { ...range, of: pages },
    ...totals(summary),
    files,
  });
}

export async function run(
  values: Values,
  context: Context,
  real: ClientEffects = {},
): Promise<ExitStatus> {
  const { terminal, signal } = context;
  const { out, pages: range, workers } = values;
  return await fetching(values, async ({ planned, effects, timeout, progress }) => {
    const started = effects.now();
    const shown = progress();
    const landed = await land(planned.source, {
      out,
      range,
      workers,
      client: planned.client,
      signal,
      deadline: started + timeout * 1000,
      onPeople: (people) => shown?.add(people),
      effects,
    });
    const summary = { ...landed, out, seconds: (effects.now() - started) / 1000 };
    return () => {
      if (values.json) terminal.out(summaryJson(summary));
      else if (values.log !== "json") terminal.err(summaryText(summary));
    };
  }, { context, real });
}
