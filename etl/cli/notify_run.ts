import { decodeMarked } from "../common/byte_order_mark.ts";
import { isSystemFault } from "../common/system_fault.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import { type Facts, factsOf, parseSummary } from "../alert/facts.ts";
import { type Ended, notify, type Told } from "../alert/mod.ts";
import { findWebhook } from "../alert/slack.ts";
import { type Context, jsonLine, refuse, type Terminal, type ValuesOf } from "./command.ts";
import { quoted } from "./shell.ts";
import type { notify as command } from "./notify.ts";
import { alertFor } from "./runbook.ts";

type Values = ValuesOf<typeof command>;

const NOTHING_KNOWN: Facts = { counts: [], failed: [] };

/** Reads the output of a command from the value itself, a file, or stdin. */
async function readPrinted(summary: string, input: Terminal["input"]): Promise<string> {
  if (summary.startsWith("{")) return summary;
  try {
    return decodeMarked(
      summary === "-" ? await new Response(input).bytes() : await Deno.readFile(summary),
    );
  } catch (error) {
    if (!isSystemFault(error) && !(error instanceof TypeError)) throw error;
    return "";
  }
}

/** Reads the facts of a run. Without a summary (the command died), the alert has fewer facts. */
async function readFacts({ summary }: Values, terminal: Terminal): Promise<Facts> {
  if (summary === undefined) return NOTHING_KNOWN;
  const parsed = parseSummary(await readPrinted(summary, terminal.input));
  if (parsed !== undefined) return factsOf(parsed);
  terminal.err(
    `No summary in ${summary === "-" ? "stdin" : summary}: the alert has no details of the run\n`,
  );
  return NOTHING_KNOWN;
}

function checkOptions({ pipeline, link, api }: Values): void {
  if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(pipeline)) {
    throw refuse(
      `Cannot use --pipeline ${JSON.stringify(pipeline)}`,
      "Name it with letters, digits, points, hyphens and underscores, 100 at most",
    );
  }
  for (const [option, address] of Object.entries({ link, api })) {
    if (address === undefined || /^https?:$/.test(URL.parse(address)?.protocol ?? "")) continue;
    throw refuse(
      `Cannot use --${option} ${JSON.stringify(address)}: it is not a web address`,
      "Write it as https://…",
    );
  }
}

function toldText({ decision, sent, alert, before }: Told, pipeline: string): string {
  if (decision === "nothing" && before === undefined) {
    return "Nothing to report: the command succeeded";
  }
  if (decision === "nothing") return `Reported already: ${before?.title}, since ${before?.since}`;
  if (!sent) return "Slack was not notified; the next run of notify tries again";
  return `Sent to Slack: ${pipeline}: ${alert?.title ?? "resolved"}`;
}

/** Sends an alert. Returns 0 even if Slack is unreachable, so that no run fails because of it. */
export async function run(values: Values, { terminal }: Context): Promise<ExitStatus> {
  const { pipeline, step, run: id, link, api } = values;
  checkOptions(values);
  const webhook = await findWebhook(values.to);
  const facts = await readFacts(values, terminal);
  const status = values.status ?? facts.status;
  if (status === undefined) {
    throw refuse(
      "Cannot say what happened: neither --status nor the summary gives an exit code",
      "Right after the command: deno task notify --status $?",
    );
  }
  const ended: Ended = {
    status,
    facts,
    pipeline,
    step,
    run: id,
    link,
    api: api && `--api ${quoted(api)}`,
  };
  const folder = `${values.data}/alerts`;
  const told = await notify(ended, { webhook, alertFor, folder, effects: REAL });
  for (const problem of told.problems) terminal.err(`Warning: ${problem}\n`);
  if (values.json) {
    const { decision, sent, alert, problems } = told;
    terminal.out(jsonLine({ decision, sent, alert: alert?.id ?? null, problems }));
  } else {
    terminal.err(`${toldText(told, pipeline)}\n`);
  }
  return EXIT.done;
}
