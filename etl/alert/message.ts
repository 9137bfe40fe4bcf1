import { duration, number } from "../common/counts.ts";
import type { Facts } from "./facts.ts";
import type { Alert, Incident } from "./incident.ts";

/** Maximum characters of a block's text, a field and a heading. */
const LIMIT = { text: 3000, field: 2000, header: 150 } as const;

const MOST_NAMES = 10;

interface Text {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
}

type Block =
  | { readonly type: "header" | "section"; readonly text: Text }
  | { readonly type: "section"; readonly fields: readonly Text[] }
  | { readonly type: "context"; readonly elements: readonly Text[] };

export interface Message {
  /** Shown in notifications and in clients that show no blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface RunOf {
  readonly pipeline: string;
  /** The failed command, for example `load` or `check tables`. */
  readonly step?: string | undefined;
  readonly run?: string | undefined;
  readonly link?: string | undefined;
  /** The option that selects the run's API, unless it is the default. */
  readonly api?: string | undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Escapes and cuts text without splitting a character or an escape. */
export function escaped(text: string, limit: number = LIMIT.text): string {
  const pieces = [...text].map((character) => ESCAPES[character] ?? character);
  if (pieces.reduce((sum, { length }) => sum + length, 0) <= limit) return pieces.join("");
  let kept = "";
  for (const piece of pieces) {
    if (kept.length + piece.length >= limit) break;
    kept += piece;
  }
  return `${kept}…`;
}

function mrkdwn(text: string): Text {
  return { type: "mrkdwn", text };
}

function section(text: string): Block {
  return { type: "section", text: mrkdwn(text) };
}

function header(text: string): Block {
  // Plain text must not be escaped, so it is only cut.
  const characters = [...text];
  const cut = characters.length > LIMIT.header
    ? `${characters.slice(0, LIMIT.header - 1).join("")}…`
    : text;
  return { type: "header", text: { type: "plain_text", text: cut } };
}

/** Formats text as code and replaces backticks, which would end it, with quotes. */
function code(text: string): string {
  return `\`\`\`${escaped(text.replaceAll("```", "'''"), LIMIT.text - 100)}\`\`\``;
}

function countFields(counts: Facts["counts"]): Block[] {
  if (counts.length === 0) return [];
  const fields = counts.map(([name, value]) =>
    mrkdwn(`*${escaped(name.replaceAll("_", " "), LIMIT.field / 2)}*\n${number(value)}`)
  );
  return [{ type: "section", fields }];
}

function whereabouts({ step, run, link }: RunOf, more: readonly string[] = []): Block[] {
  const address = link && `<${escaped(link).replaceAll("|", "%7C")}|Open the run>`;
  const parts = [step, run].filter((part) => part !== undefined).map((part) => escaped(part, 300));
  const elements = [...(address ? [address] : []), ...parts, ...more].map(mrkdwn);
  return elements.length === 0 ? [] : [{ type: "context", elements }];
}

function names(failed: readonly string[]): string {
  const shown = failed.slice(0, MOST_NAMES).map((name) => `• ${escaped(name, 200)}`);
  const others = failed.length - shown.length;
  return [...shown, ...(others > 0 ? [`and ${others} more`] : [])].join("\n");
}

/** Returns the next command with the landed pages or the API of this run. */
function nextCommand({ next, asksApi = false }: Alert, { run, api }: RunOf): string {
  // The same folder as in deploy/airflow/dags/debr/pages.py.
  const folder = run?.replaceAll(/[^A-Za-z0-9.-]+/g, "_") ?? "RUN";
  return (asksApi && api !== undefined ? `${next} ${api}` : next).replace("/RUN", `/${folder}`);
}

export function failureMessage(alert: Alert, facts: Facts, run: RunOf): Message {
  const title = `${run.pipeline}: ${alert.title}`;
  const reason = facts.reason === undefined ? "" : `\n${escaped(facts.reason, 1500)}`;
  const hint = facts.next === undefined ? "" : `\n${escaped(facts.next, 500)}`;
  return {
    text: escaped(`${title}. ${alert.meaning}`),
    blocks: [
      header(`${alert.kind === "gate" ? "⛔" : "🔴"} ${title}`),
      section(`${escaped(alert.meaning)}${reason}`),
      ...(facts.failed.length > 0 ? [section(`*Failed*\n${names(facts.failed)}`)] : []),
      ...countFields(facts.counts),
      section(`*Next*${hint}\n${code(nextCommand(alert, run))}`),
      ...whereabouts(run, [`docs/operations.md, section ${alert.id}`]),
    ],
  };
}

export function resolvedMessage(
  incident: Incident,
  facts: Facts,
  run: RunOf & { readonly now: number },
): Message {
  const lasted = duration((run.now - Date.parse(incident.since)) / 1000);
  const title = `${run.pipeline}: resolved`;
  const what = `It works again after ${lasted}. The problem was: ${incident.title}.`;
  return {
    text: escaped(`${title}. ${what}`),
    blocks: [
      header(`✅ ${title}`),
      section(escaped(what)),
      ...countFields(facts.counts),
      ...whereabouts(run),
    ],
  };
}
