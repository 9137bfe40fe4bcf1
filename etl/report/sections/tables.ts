import { columnsOf, tablePrivacy, TABLES } from "../../../schema/mod.ts";
import type { Manifest } from "../../load/dataset/mod.ts";
import { keyOf, TYPE_NAME } from "../diagram/erd.ts";
import { number, plural, size } from "../../common/counts.ts";
import { type Html, html, percent, tableOf } from "../html.ts";
import type { ColumnProfile, Frequency, TableProfile } from "../profile.ts";

const LONGEST = 40;

const NOT_SHOWN = html`<span class="quiet">not shown</span>`;

function cut(text: string): string {
  const chars = [...text];
  return chars.length <= LONGEST ? text : `${chars.slice(0, LONGEST).join("")}…`;
}

function badge(privacy: string): Html {
  return html`<span class="badge ${privacy}">${privacy}</span>`;
}

function frequency({ value, count }: Frequency, rows: number): Html {
  const share = rows === 0 ? 0 : count / rows;
  return html`<li style="--share:${(share * 100).toFixed(1)}%"><span>${
    value === "" ? html`<em>empty</em>` : cut(value)
  }</span><span class="share">${percent(share)}</span></li>`;
}

function mostFrequent({ privacy, top, distinct, rows, estimated }: ColumnProfile): Html {
  if (privacy === "sensitive" || top.length === 0) return NOT_SHOWN;
  if (privacy === "public" && distinct === rows && !estimated && rows > 1) {
    return html`<span class="quiet">all different</span>`;
  }
  return html`<ul class="top${privacy === "personal" ? " shapes" : ""}">${
    top.map((entry) => frequency(entry, rows))
  }</ul>`;
}

function extent({ range, lengths }: ColumnProfile): Html | string {
  if (range !== undefined) return `${cut(range[0])} to ${cut(range[1])}`;
  if (lengths === undefined) return NOT_SHOWN;
  const [least, most] = lengths;
  return least === most ? plural(most, "character") : `${least} to ${plural(most, "character")}`;
}

function profile(table: TableProfile): Html {
  const rows = table.columns.map((column) => {
    const { name, unit, description } = column;
    const key = keyOf(TABLES[table.name], name);
    const badgeOfKey = key === "" ? undefined : html`<span class="key">${key}</span>`;
    return [
      html`<code>${name}</code> ${badgeOfKey}<small>${description}</small>`,
      html`${TYPE_NAME[column.type]}${unit && html`<small>${unit}</small>`}`,
      badge(column.privacy),
      number(column.nulls),
      `${column.estimated ? "about " : ""}${number(column.distinct)}`,
      extent(column),
      mostFrequent(column),
    ];
  });
  return tableOf({
    caption: `Columns of ${table.name}`,
    head: [
      ...["Column", "Type", "Class", "Null", "Distinct"],
      ...["Range or length", "Most frequent values or shapes"],
    ],
    rows,
    numeric: [3, 4],
    className: "profile",
  });
}

/** The column limit of a preview. A wider one is transposed to fit a screen or a sheet. */
const WIDE = 8;

function preview({ name, preview }: TableProfile): Html | undefined {
  if (preview.length === 0) return undefined;
  const columns = columnsOf(TABLES[name]);
  const names = columns.map(({ name }) => html`<code>${name}</code>`);
  const cells = preview.map((row) =>
    row.map((cell, at) =>
      html`<span class="${columns[at]?.privacy ?? "sensitive"}">${cut(cell)}</span>`
    )
  );
  const numbers = preview.map((_, at) => String(at + 1));
  const wide = columns.length >= WIDE;
  return tableOf({
    caption: `First rows of ${name}, masked`,
    head: wide ? ["Column", ...numbers.map((row) => `Row ${row}`)] : ["Row", ...names],
    rows: wide
      ? names.map((column, at) => [column, ...cells.map((row) => row[at])])
      : cells.map((row, at) => [numbers[at], ...row]),
    className: wide ? "preview wide" : "preview",
  });
}

function tableSection(table: TableProfile, manifest: Manifest): Html {
  const { name } = table;
  const { rows, parts } = manifest.tables[name];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return html`
    <article class="table" id="table-${name}" aria-labelledby="table-${name}-title">
    <header><h3 id="table-${name}-title">${name}</h3> ${badge(tablePrivacy(TABLES[name]))}
    <p class="meta">${plural(rows, "row")} · ${plural(parts.length, "part")} · ${size(
      bytes,
    )}</p></header>
    <p>${TABLES[name].description}</p>
    ${profile(table)}
    ${preview(table)}
    </article>
  `;
}

export function tablesSection(tables: readonly TableProfile[], manifest: Manifest): Html {
  const sorted = tables.toSorted((a, b) => b.columns.length - a.columns.length);
  return html`<p>Public values are shown as they are, personal ones as their shape (X and x are letters,
9 is a digit); sensitive ones are only counted.</p>
${sorted.map((table) => tableSection(table, manifest))}`;
}
