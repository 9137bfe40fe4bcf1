// Builds HTML as text. Values are escaped unless they are HTML already.

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Piece = Html | string | number | undefined | readonly Piece[];

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function textOf(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (piece === undefined) return "";
  if (typeof piece === "object") return piece.map(textOf).join("");
  return String(piece).replace(/[&<>"']/g, (char) => ENTITY[char] ?? char);
}

/** Escapes values, also for quoted attributes. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.map((text, at) => text + textOf(pieces[at])).join(""));
}

export function percent(share: number): string {
  if (share === 0) return "0%";
  if (share < 0.001) return "<0.1%";
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)}%`;
}

interface TableParts {
  /** Screen readers read it before the table. */
  readonly caption: string;
  readonly head: readonly Piece[];
  /** Rows; the first cell of each is its heading. */
  readonly rows: readonly (readonly Piece[])[];
  readonly numeric?: readonly number[];
  readonly className?: string;
}

export function tableOf({ caption, head, rows, numeric = [], className = "" }: TableParts): Html {
  const cls = (at: number) => numeric.includes(at) ? new Html(' class="num"') : undefined;
  const cellOf = (cell: Piece, at: number) =>
    at === 0 ? html`<th scope="row">${cell}</th>` : html`<td${cls(at)}>${cell}</td>`;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="${className}">
        <caption>${caption}</caption>
        <thead>
          <tr>${head.map((cell, at) =>
            html`
              <th scope="col" ${cls(at)}>${cell}</th>
            `
          )}</tr>
        </thead>
        <tbody>
    ${rows.map((cells) => html`<tr>${cells.map(cellOf)}</tr>\n`)}</tbody>
      </table>
    </div>
  `;
}
