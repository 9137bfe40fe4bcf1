import type { Manifest } from "../../load/dataset/mod.ts";
import { type Html, html, tableOf } from "../html.ts";
import { number, plural, size } from "../../common/counts.ts";
import { requestText } from "./overview.ts";

/** The row limit of the list: a dataset of many millions of people has thousands of parts. */
const MOST_ROWS = 300;

function rest(all: number): Html | undefined {
  if (all <= MOST_ROWS) return undefined;
  return html`<p>And ${number(all - MOST_ROWS)} more, in <code>manifest.json</code>.</p>`;
}

function parts({ tables }: Manifest): Html {
  const all = Object.values(tables).flatMap(({ parts }) => parts);
  const rows = all.slice(0, MOST_ROWS).map(({ file, rows, bytes, sha256 }) => [
    html`<code>${file}</code>`,
    number(rows),
    size(bytes),
    html`<code class="hash">${sha256}</code>`,
  ]);
  return html`${
    tableOf({
      caption: "Parts with their SHA-256",
      head: ["Part", "Rows", "Size", "SHA-256"],
      rows,
      numeric: [1, 2],
      className: "small",
    })
  }${rest(all.length)}`;
}

function batches({ batches }: Manifest): Html {
  const rows = batches.slice(0, MOST_ROWS).map(({ part, request, pages }) => [
    String(part),
    String(request + 1),
    number(pages.length),
    number(pages.reduce((sum, { people }) => sum + people, 0)),
    html`<code>${pages[0]?.page ?? ""}</code>${
      pages.length > 1
        ? html`
          to <code>${pages.at(-1)?.page}</code>
        `
        : undefined
    }`,
  ]);
  return html`${
    tableOf({
      caption: "Batches and the pages they came from",
      head: ["Part", "Request", "Pages", "People on them", "From"],
      rows,
      numeric: [2, 3],
      className: "small",
    })
  }${rest(batches.length)}`;
}

function requests({ requests }: Manifest): Html {
  const rows = requests.slice(0, MOST_ROWS).map((request, at) => [
    String(at + 1),
    requestText(request),
    html`<code>${JSON.stringify(request)}</code>`,
  ]);
  return html`${
    tableOf({
      caption: "Requests that were committed",
      head: ["Request", "In words", "As the manifest has it"],
      rows,
      className: "small requests",
    })
  }${rest(requests.length)}`;
}

export function manifestSection(manifest: Manifest): Html {
  const { format, schema, debr, tables } = manifest;
  const count = Object.values(tables).reduce((sum, { parts }) => sum + parts.length, 0);
  return html`<p>Format ${format}, schema ${schema}, written by debr ${debr}. The manifest holds no
time of day: the same request gives the same bytes.</p>
${requests(manifest)}
<details class="card"><summary>${plural(count, "part")}</summary>${parts(manifest)}</details>
<details class="card"><summary>Pages they came from</summary>${batches(manifest)}</details>`;
}
