import type { Figure } from "../figures.ts";
import { type Html, html, tableOf } from "../html.ts";

function figureOf({ id, title, says, plot, head, rows }: Figure): Html {
  const numeric = head.map((_, at) => at).slice(1)
    .filter((at) => rows.every((cells) => /^[\d,.]+$/.test(String(cells[at]))));
  const numbers = rows.length === 0
    ? undefined
    : html`<details><summary>The numbers</summary>${
      tableOf({ caption: title, head, rows, numeric, className: "small" })
    }</details>`;
  return html`
    <figure class="card" id="figure-${id}" aria-labelledby="figure-${id}-title">
    <figcaption><h3 id="figure-${id}-title">${title}</h3><p>${says}</p></figcaption>
    ${plot}
    ${numbers}
    </figure>
  `;
}

export function figuresSection(figures: readonly Figure[]): Html {
  return html`<div class="figures">
${figures.map(figureOf)}</div>`;
}
