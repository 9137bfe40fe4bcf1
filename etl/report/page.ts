// The whole page.
import type { Facts } from "./facts.ts";
import { figuresOf } from "./figures.ts";
import { peopleCount } from "../common/counts.ts";
import { type Html, html } from "./html.ts";
import { diagramSection } from "./sections/diagram.ts";
import { expectationsSection } from "./sections/expectations.ts";
import { figuresSection } from "./sections/figures.ts";
import { manifestSection } from "./sections/manifest.ts";
import { overview } from "./sections/overview.ts";
import { rejectsSection } from "./sections/rejects.ts";
import { tablesSection } from "./sections/tables.ts";
import { STYLE } from "./style.ts";

/** The content security policy: the browser loads and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'";

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

function sections(facts: Facts): readonly Section[] {
  const { groups, runs, tables, manifest, causes, checks, diagram } = facts;
  return [
    { id: "figures", title: "At a glance", body: figuresSection(figuresOf(groups, runs)) },
    { id: "tables", title: "Tables", body: tablesSection(tables, manifest) },
    { id: "diagram", title: "Diagram", body: diagramSection(diagram) },
    { id: "expectations", title: "Expectations", body: expectationsSection(checks) },
    { id: "rejects", title: "Rejects", body: rejectsSection(causes, manifest) },
    { id: "manifest", title: "Manifest", body: manifestSection(manifest) },
  ];
}

export function page(facts: Facts): Html {
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
