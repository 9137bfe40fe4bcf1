import type { Manifest } from "../../load/dataset/mod.ts";
import type { Facts } from "../facts.ts";
import { number, size } from "../../common/counts.ts";
import { type Html, html, type Piece } from "../html.ts";

type Request = Manifest["requests"][number];

function text(request: Request, name: string): string | undefined {
  const value = request[name];
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

export function requestText(request: Request): string {
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

function bytesOf({ tables }: Manifest): number {
  return Object.values(tables).flatMap(({ parts }) => parts)
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function stat(term: string, value: Piece): Html {
  return html`
    <div>
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>
  `;
}

export function overview({ manifest, now }: Facts, title: string): Html {
  const { tables, people, requests, debr } = manifest;
  const last = requests.at(-1) ?? {};
  const earlier = requests.length > 1
    ? ` and ${number(requests.length - 1)} earlier request${requests.length > 2 ? "s" : ""}`
    : "";
  const made = new Date(now).toISOString();
  return html`
    <header class="hero">
      <p class="eyebrow">Data report</p>
      <h1>${title}</h1>
      <p class="lead">From ${requestText(last)}${earlier}. Written by debr ${debr}, looked at on
    <time datetime="${made}">${made.slice(0, 10)} at ${made.slice(11, 16)} UTC</time>.</p>
      <dl class="stats">
    ${stat("received", number(people.received))}
    ${stat("rejected", number(people.rejected))}
    ${stat("repeated, kept once", number(people.repeated))}
    ${stat("countries", number(tables.countries.rows))}
    ${stat("portraits", number(tables.media.rows))}
    ${stat("on disk", size(bytesOf(manifest)))}
      </dl>
    </header>
  `;
}
