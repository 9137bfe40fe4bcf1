import { number, peopleCount, plural } from "../common/counts.ts";
import {
  committedRejects,
  failedRejects,
  readRejects,
  type RejectsPath,
} from "../load/dataset/mod.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import { type Cause, causesIn, plan, type Replayed, replayRejects } from "../run/mod.ts";
import type { Reject } from "../transform/validate/person.ts";
import { type Context, jsonLine, refuse, type ValuesOf } from "./command.ts";
import { commandLine } from "./shell.ts";
import type { rejects as command } from "./rejects.ts";

type Values = ValuesOf<typeof command>;

function files({ data, failed }: Values): Promise<RejectsPath[]> {
  return failed ? failedRejects(data) : committedRejects(data);
}

function causeText({ path, rule, expected, count, first, pages, examples }: Cause, at: number) {
  const more = pages - examples.length;
  return [
    `${at + 1}. ${number(count)} × ${path || "person"}: expected ${expected} (${rule})`,
    `   got ${first.received}, first at row ${first.row} of ${first.page}`,
    `   on ${plural(pages, "page")}: ${examples.join(", ")}${more > 0 ? `, and ${more} more` : ""}`,
  ].join("\n") + "\n";
}

async function listCauses(values: Values, { terminal }: Context): Promise<void> {
  const found = await files(values);
  const causes = await causesIn(found);
  const total = causes.reduce((sum, { count }) => sum + count, 0);
  if (values.json) {
    const files = found.map(({ path }) => path);
    return terminal.out(jsonLine({ files, rejects: total, causes }));
  }
  for (const [at, cause] of causes.entries()) terminal.out(causeText(cause, at));
  terminal.err(
    total === 0
      ? "No rejects\n"
      : `${peopleCount(total)} rejected, ${plural(causes.length, "cause")}\n`,
  );
  if (!values.failed && (await failedRejects(values.data)).length > 0) {
    const why = commandLine("rejects", { failed: true, data: values.data });
    terminal.err(`A run was not committed because of its rejects: ${why}\n`);
  }
}

async function chosen(
  { cause: number, path, data }: Values,
  found: readonly RejectsPath[],
): Promise<(reject: Reject) => boolean> {
  if (number === undefined) return (reject) => path === undefined || reject.path === path;
  const causes = await causesIn(found);
  const cause = causes[number - 1];
  if (cause === undefined) {
    throw refuse(
      `Cannot show cause ${number}: there are ${causes.length}`,
      commandLine("rejects", { data }),
    );
  }
  return ({ path, rule, expected }) =>
    path === cause.path && rule === cause.rule && expected === cause.expected;
}

/** Prints rejects; programs get them as they are stored. */
async function showRejects(values: Values, { terminal }: Context): Promise<void> {
  const found = await files(values);
  const shows = await chosen(values, found);
  for await (const reject of readRejects(found)) {
    if (!shows(reject)) continue;
    const { page, row, path, rule, expected, received } = reject;
    const place = `row ${row} of ${page}: ${path || "person"}`;
    terminal.out(
      values.json
        ? jsonLine(reject)
        : `${place}: expected ${expected}, got ${received} (${rule})\n`,
    );
  }
}

function replayedText({ added, repeated, forgotten, rejected, gone }: Replayed): string {
  return [
    `Added ${peopleCount(added)}`,
    ...(repeated > 0 ? [`${peopleCount(repeated)} valid now, but in the tables already`] : []),
    ...(forgotten > 0 ? [`${peopleCount(forgotten)} valid now, but forgotten`] : []),
    `${plural(rejected, "reject")} left`,
    ...gone.map(({ page, reason }) => `Cannot replay those of ${page}: ${reason}`),
  ].join("\n") + "\n";
}

async function replayAll(values: Values, { terminal, signal }: Context): Promise<void> {
  if (values.failed || values.cause !== undefined || values.path !== undefined) {
    throw refuse(
      "Cannot replay only some rejects: replay tries those of all committed runs",
      commandLine("rejects", { data: values.data }, ["replay"]),
    );
  }
  const replayed = await replayRejects(values.data, {
    plan: (wanted) => plan(wanted, REAL),
    signal,
  });
  terminal.out(values.json ? jsonLine(replayed) : replayedText(replayed));
}

const ACTIONS = { list: listCauses, show: showRejects, replay: replayAll };

export async function run(values: Values, context: Context): Promise<ExitStatus> {
  const [action = "list", ...others] = context.positionals;
  if (!Object.hasOwn(ACTIONS, action) || others.length > 0) {
    throw refuse(
      `Cannot do ${JSON.stringify(context.positionals.join(" "))}`,
      "List, show or replay them: deno task rejects show",
    );
  }
  await ACTIONS[action as keyof typeof ACTIONS](values, context);
  return EXIT.done;
}
