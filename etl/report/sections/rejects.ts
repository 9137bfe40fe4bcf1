import type { Manifest } from "../../load/dataset/mod.ts";
import { type Html, html, percent, tableOf } from "../html.ts";
import type { Cause } from "../../run/mod.ts";
import { number } from "../../common/counts.ts";

const MOST_CAUSES = 100;

export function rejectsSection(causes: readonly Cause[], { people }: Manifest): Html {
  const { received, rejected } = people;
  if (rejected === 0) {
    return html`<p>All ${number(received)} people received passed every rule.</p>`;
  }
  const share = percent(rejected / Math.max(1, received));
  const lead = html`<p>${number(rejected)} of ${
    number(received)
  } people (${share}) failed a rule and
were set aside, each under the first rule failed. Values found are masked.</p>`;
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
      head: ["Field", "Rule", "Expected", "People", "Found first", "Where"],
      rows,
      numeric: [3],
    })
  }${more > 0 ? html`<p>And ${number(more)} more causes.</p>` : undefined}`;
}
