// The report: one HTML file. It loads and runs nothing, and shows only what privacy classes allow.
import { peopleCount } from "../common/counts.ts";
import { type Effects, REAL } from "../common/effects.ts";
import { UsageError } from "../common/errors.ts";
import { onDisk } from "../load/dataset/mod.ts";
import { type Facts, gatherFacts } from "./facts.ts";
import { figuresSection } from "./figures.ts";
import { type Html, html } from "./html.ts";
import { diagramSection } from "./sections/diagram.ts";
import { manifestSection, overview } from "./sections/manifest.ts";
import { expectationsSection, rejectsSection } from "./sections/quality.ts";
import { tablesSection } from "./sections/tables.ts";
import { STYLE } from "./style.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'";

function sections(facts: Facts): readonly { id: string; title: string; body: Html }[] {
  const { groups, runs, tables, manifest, causes, checks, diagram } = facts;
  return [
    { id: "figures", title: "At a glance", body: figuresSection(groups, runs) },
    { id: "tables", title: "Tables", body: tablesSection(tables, manifest) },
    { id: "diagram", title: "Diagram", body: diagramSection(diagram) },
    { id: "expectations", title: "Expectations", body: expectationsSection(checks) },
    { id: "rejects", title: "Rejects", body: rejectsSection(causes, manifest) },
    { id: "manifest", title: "Manifest", body: manifestSection(manifest) },
  ];
}

function page(facts: Facts): Html {
  const parts = sections(facts);
  const people = `${peopleCount(facts.manifest.tables.users.rows)} in six tables`;
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${POLICY}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>debr: ${people}</title>
        <link rel="icon" href="data:,">
        <style>${STYLE}</style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <nav aria-label="Sections"><a class="brand" href="#top">debr</a>
    <ul>${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
        </nav>
        <div class="page" id="top">
    ${overview(facts, people)}
    <main id="main">
    ${parts.map(({ id, title, body }) =>
      html`
        <section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title}</h2>${body}
        </section>
      `
    )}</main>
    <footer><p>Made by <code>deno task report</code> from <code>${facts
      .data}</code>. Public values are
    shown as they are, personal ones as their shape (X and x are letters, 9 is a digit), sensitive ones
    only counted. The page loads nothing and runs nothing.</p></footer>
        </div>
      </body>
    </html>
  `;
}

/** Returns the bytes written. Rejects with a {@link UsageError} if `out` is no HTML file. */
export async function writeReport(
  out: string,
  { effects = REAL, ...options }: Omit<Parameters<typeof gatherFacts>[0], "now"> & {
    readonly effects?: Pick<Effects, "now">;
  },
): Promise<{ readonly bytes: number }> {
  if (!/[^/]\.html?$/.test(out)) {
    throw new UsageError(`Cannot write the report to ${JSON.stringify(out)}: not an HTML file`, {
      step: "report",
      next: { code: "report_not_html" },
    });
  }
  const facts = await gatherFacts({ ...options, now: effects.now() });
  const bytes = new TextEncoder().encode(page(facts).text);
  const folder = out.replace(/[^/]*$/, "");
  if (folder !== "") await onDisk(folder, () => Deno.mkdir(folder, { recursive: true }));
  await onDisk(out, () => Deno.writeFile(out, bytes));
  return { bytes: bytes.length };
}
