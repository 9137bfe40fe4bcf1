import { PALETTE } from "../diagram/erd.ts";
import { Html, html } from "../html.ts";

const LABEL =
  "Diagram of the six tables, their columns and keys. The columns and keys are listed " +
  "under Tables.";

function colour(tag: string, value: string): string {
  if (value === "white") return tag === "text" ? "var(--on-fill)" : "var(--card)";
  const [name] = Object.entries(PALETTE).find(([, known]) => known === value) ?? [];
  if (name === undefined) return value;
  const isClass = name === "public" || name === "personal" || name === "sensitive";
  return isClass && tag === "polygon" ? `var(--${name}-fill)` : `var(--${name})`;
}

/** Returns the SVG in the page's colours, without the parts that only a separate file needs. */
function inline(svg: string): Html {
  const text = svg.slice(svg.indexOf("<svg"))
    .replace(/<!--[^]*?-->\n?/g, "")
    .replace(/<title>[^]*?<\/title>\n?/g, "")
    .replace(/ (xmlns(:xlink)?|xml:space|id)="[^"]*"/g, "")
    .replace(
      /<svg width="[^"]*" height="[^"]*"/,
      `<svg class="erd" role="img" aria-label="${LABEL}"`,
    )
    .replace(
      /<(\w+)([^>]*?) (fill|stroke)="([^"]*)"(?: (stroke)="([^"]*)")?/g,
      (_, tag, before, first, one, second, two) =>
        `<${tag}${before} ${first}="${colour(tag, one)}"` +
        (second === undefined ? "" : ` stroke="${colour(tag, two)}"`),
    );
  return new Html(text);
}

export function diagramSection(svg: string): Html {
  return html`
    <figure class="card">
      <div class="scroll" tabindex="0" role="region" aria-label="Diagram of the tables">
    ${inline(svg)}
      </div>
      <figcaption>
        <p>A line is a foreign key, from the column that holds it to the table that it references.
    Access to tables marked sensitive can be granted separately.</p>
      </figcaption>
    </figure>
  `;
}
