import { number, plural, size } from "../../common/counts.ts";
import type { Manifest } from "../../load/dataset/mod.ts";
import type { Facts } from "../facts.ts";
import { type Html, html, type Piece, tableOf } from "../html.ts";

type Request = Manifest["requests"][number];

function text(request: Request, name: string): string | undefined {
  const value = request[name];
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function requestText(request: Request): string {
  const seed = text(request, "seed");
  const named = seed === undefined ? "" : `, seed ${seed}`;
  switch (text(request, "source")) {
    case "sample":
      return "the sample that comes with debr: made-up people with every quirk of the API";
    case "synthetic":
      return `the synthetic generator${named}: made-up people`;
    case "api":
      return `the API at ${text(request, "api")}, version ${text(request, "version")}${named}`;
    default:
      return `saved pages: ${text(request, "source") ?? "an unknown place"}`;
  }
}

function partsOf({ tables }: Manifest) {
  return Object.values(tables).flatMap(({ parts }) => parts);
}

export function overview({ manifest, now }: Facts, title: string): Html {
  const { tables, people, requests, debr } = manifest;
  const last = requests.at(-1) ?? {};
  const before = requests.length - 1;
  const earlier = before > 0 ? ` and ${plural(before, "earlier request")}` : "";
  const made = new Date(now).toISOString();
  const bytes = partsOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
  const figures = Object.entries({
    received: number(people.received),
    rejected: number(people.rejected),
    "duplicates dropped": number(people.repeated),
    countries: number(tables.countries.rows),
    portraits: number(tables.media.rows),
    "on disk": size(bytes),
  });
  return html`
    <header class="hero">
      <p class="eyebrow">Data report</p>
      <h1>${title}</h1>
      <p class="lead">From ${requestText(last)}${earlier}. Written by debr ${debr}; report made on
    <time datetime="${made}">${made.slice(0, 10)} at ${made.slice(11, 16)} UTC</time>.</p>
      <dl class="stats">
    ${figures.map(([term, value]) =>
      html`
        <div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>
      `
    )}
      </dl>
    </header>
  `;
}

/** The row limit of the list: a dataset of many millions of people has thousands of parts. */
const MOST_ROWS = 300;

function list<Entry>(
  entries: readonly Entry[],
  { row, ...table }: Omit<Parameters<typeof tableOf>[0], "rows"> & {
    readonly row: (entry: Entry, at: number) => readonly Piece[];
  },
): Html {
  const more = entries.length - MOST_ROWS;
  return html`${tableOf({ ...table, rows: entries.slice(0, MOST_ROWS).map(row) })}${
    more > 0 ? html`<p>And ${number(more)} more, in <code>manifest.json</code>.</p>` : undefined
  }`;
}

function parts(manifest: Manifest): Html {
  return list(partsOf(manifest), {
    caption: "Parts with their SHA-256",
    head: ["Part", "Rows", "Size", "SHA-256"],
    row: ({ file, rows, bytes, sha256 }) => [
      html`<code>${file}</code>`,
      number(rows),
      size(bytes),
      html`<code class="hash">${sha256}</code>`,
    ],
    numeric: [1, 2],
    className: "small",
  });
}

function batches({ batches }: Manifest): Html {
  return list(batches, {
    caption: "Batches and their pages",
    head: ["Part", "Request", "Pages", "People on the pages", "From"],
    row: ({ part, request, pages }) => {
      const [first, last] = [pages[0]?.page, pages.length > 1 ? pages.at(-1)?.page : undefined];
      return [
        String(part),
        String(request + 1),
        number(pages.length),
        number(pages.reduce((sum, { people }) => sum + people, 0)),
        html`<code>${first}</code>${
          last === undefined ? "" : html`
            to <code>${last}</code>
          `
        }`,
      ];
    },
    numeric: [2, 3],
    className: "small",
  });
}

function requests({ requests }: Manifest): Html {
  return list(requests, {
    caption: "Requests that were committed",
    head: ["Request", "In words", "In the manifest"],
    row: (request, at) => [
      String(at + 1),
      requestText(request),
      html`<code>${JSON.stringify(request)}</code>`,
    ],
    className: "small requests",
  });
}

export function manifestSection(manifest: Manifest): Html {
  const { format, schema, debr } = manifest;
  const count = partsOf(manifest).length;
  return html`<p>Format ${format}, schema ${schema}, written by debr ${debr}. The manifest holds no
time of day: the same request gives the same bytes.</p>
${requests(manifest)}
<details class="card"><summary>${plural(count, "part")}</summary>${parts(manifest)}</details>
<details class="card"><summary>Batches and their pages</summary>${batches(manifest)}</details>`;
}
