import { number, peopleCount, plural } from "../../common/counts.ts";
import type { Manifest, PastCheck } from "../../load/dataset/mod.ts";
import type { Cause } from "../../run/mod.ts";
import { type Html, html, percent, tableOf } from "../html.ts";

type Found = PastCheck["expectations"][string];
type Verdict = Found["verdict"];

const MOST_RUNS = 12;

const MARK: Readonly<Record<Verdict, string>> = {
  passed: "✓",
  failed: "✕",
  skipped: "–",
  broken: "!",
};

/** Verdicts in display order, worst first. */
const ORDER: readonly Verdict[] = ["broken", "failed", "skipped", "passed"];

function strip(name: string, runs: readonly PastCheck[]): Html {
  const verdicts = runs.flatMap(({ expectations }) => expectations[name]?.verdict ?? []);
  const counts = Map.groupBy(verdicts, (verdict) => verdict);
  const said = ORDER.filter((verdict) => counts.has(verdict))
    .map((verdict) => `${counts.get(verdict)!.length} ${verdict}`).join(", ");
  return html`<span class="strip" role="img" aria-label="${said}; newest last">${
    verdicts.map((verdict) => html`<span class="${verdict}">${MARK[verdict]}</span>`)
  }</span>`;
}

function foundText({ observed, failed, total }: Found): string {
  if (observed !== undefined) return observed;
  if (total === undefined || failed === undefined) return "";
  return failed === 0 ? `all of ${number(total)}` : `${number(failed)} of ${number(total)} fail`;
}

function verdictTable(
  entries: readonly (readonly [string, Found])[],
  { caption, runs }: { caption: string; runs: readonly PastCheck[] },
): Html {
  const rows = entries.map(([name, found]) => [
    html`<code>${name}</code>`,
    html`<span class="${found.verdict}">${MARK[found.verdict]} ${found.verdict}</span>`,
    found.severity,
    foundText(found),
    strip(name, runs),
  ]);
  return tableOf({
    caption,
    head: ["Expectation", "Verdict", "Severity", "Found", "Last checks"],
    rows,
    className: "small verdicts",
  });
}

function stageBody(stage: PastCheck["stage"], history: readonly PastCheck[]): Html | undefined {
  const runs = history.filter((run) => run.stage === stage).slice(-MOST_RUNS);
  const last = runs.at(-1);
  if (last === undefined) return undefined;
  const entries = Object.entries(last.expectations)
    .sort(([, a], [, b]) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const passed = entries.filter(([, { verdict }]) => verdict === "passed");
  const others = entries.filter(([, { verdict }]) => verdict !== "passed");
  return html`<h3>Expectations of ${stage}</h3>
<p>Last checked on ${last.at.slice(0, 10)} at ${last.at.slice(11, 16)} UTC:
the data is ${last.passed ? "good" : "not good"}; ${number(passed.length)} of ${
    plural(entries.length, "expectation")
  } passed. ✓ passed, ✕ failed, – skipped, ! could not run.</p>
${
    others.length === 0 ? undefined : verdictTable(others, {
      caption: `Expectations of ${stage} that did not pass`,
      runs,
    })
  }<details class="card"><summary>${number(passed.length)} that passed</summary>${
    verdictTable(passed, { caption: `Expectations of ${stage} that passed`, runs })
  }</details>`;
}

/** Shows all expectations; `history` is oldest first. */
export function expectationsSection(history: readonly PastCheck[]): Html {
  if (history.length === 0) {
    return html`<p>The data has not been checked yet: run <code>deno task check</code>.</p>`;
  }
  const stages = ["tables", "database", "pages"] as const;
  return html`${stages.map((stage) => stageBody(stage, history))}`;
}

const MOST_CAUSES = 100;

export function rejectsSection(causes: readonly Cause[], { people }: Manifest): Html {
  const { received, rejected } = people;
  if (rejected === 0) {
    return html`<p>${peopleCount(received)} received, none of them failed a rule.</p>`;
  }
  const share = percent(rejected / Math.max(1, received));
  const lead = html`<p>${number(rejected)} of ${
    peopleCount(received)
  } (${share}) failed a rule; each
is counted under the first rule that failed. Values found are masked.</p>`;
  const rows = causes.slice(0, MOST_CAUSES).map(({ path, rule, expected, count, first }) => [
    html`<code>${path}</code>`,
    rule,
    expected,
    number(count),
    first.received,
    html`row ${first.row} of <code>${first.page}</code>`,
  ]);
  const more = causes.length - rows.length;
  return html`${lead}${
    tableOf({
      caption: "Rejects by cause",
      head: ["Field", "Rule", "Expected", "People", "First value found", "Where"],
      rows,
      numeric: [3],
    })
  }${more > 0 ? html`<p>And ${number(more)} more causes.</p>` : undefined}`;
}
