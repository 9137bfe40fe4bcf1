// Draws bars as SVG. Colours are variables of the page, so that plots follow its colour scheme.
import {
  axisX,
  axisY,
  barX,
  barY,
  gridY,
  plot,
  type PlotOptions,
  ruleY,
  text,
} from "npm:@observablehq/plot@0.6.17";
import { parseHTML } from "npm:linkedom@0.18.15";
import { number } from "../common/counts.ts";
import { Html } from "./html.ts";
import type { Frequency } from "./profile.ts";

/** Width in pixels: a third of a wide page, or all of a phone screen. */
const WIDTH = 340;
const HEIGHT = 340;
const ACCENT = "var(--accent)";
const QUIET = "var(--quiet)";

const { document } = parseHTML("<html></html>") as unknown as Pick<PlotOptions, "document">;

/** The minimum number of places, so that a single bar does not fill the plot. */
const FEWEST_PLACES = 8;

function places(labels: readonly string[]): string[] {
  const length = Math.max(0, FEWEST_PLACES - labels.length);
  return [...labels, ...Array.from({ length }, (_, at) => `\0${at}`)];
}

function draw(label: string, options: PlotOptions): Html {
  const svg = plot({ document, width: WIDTH, height: HEIGHT, ...options });
  svg.querySelector("style")?.remove();
  // Screen readers treat the plot as one image, so its parts need no names.
  for (const part of svg.querySelectorAll("*")) part.removeAttribute("aria-label");
  for (const name of ["style", "font-family", "width", "height"]) svg.removeAttribute(name);
  svg.setAttribute("font-size", "12");
  svg.setAttribute("class", "plot");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return new Html(svg.outerHTML);
}

export function lyingBars(
  bars: readonly Frequency[],
  { label, labelWidth, mono = false }: { label: string; labelWidth: number; mono?: boolean },
): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const labels = bars.map(({ value }) => value);
  const room = number(most).length * 8 + 8;
  return draw(label, {
    height: Math.max(HEIGHT, bars.length * 15.4 + 8),
    margin: 4,
    marginLeft: labelWidth,
    marginRight: room,
    x: { axis: null, domain: [0, most] },
    y: { label: null, domain: places(labels), padding: 0.28 },
    marks: [
      barX(bars, { x: "count", y: "value", fill: ACCENT, rx2: 2 }),
      text(bars, {
        x: "count",
        y: "value",
        text: ({ count }: Frequency) => number(count),
        textAnchor: "start",
        dx: 5,
        fill: "var(--muted)",
      }),
      axisY({
        ticks: labels,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        ...(mono && { fontFamily: "monospace" }),
      }),
    ],
  });
}

function ticksOf(labels: readonly string[], wanted: readonly string[]): string[] {
  const found = labels.filter((label) => wanted.includes(label));
  const every = Math.ceil(labels.length / FEWEST_PLACES);
  return found.length > 0 ? found : labels.filter((_, at) => at % every === 0);
}

export function standingBars(
  bars: readonly Frequency[],
  { label, ticks = [] }: { label: string; ticks?: readonly string[] },
): Html {
  const labels = bars.map(({ value }) => value);
  return draw(label, {
    marginTop: 10,
    marginLeft: 40,
    marginRight: 10,
    marginBottom: 28,
    x: { domain: places(labels), padding: 0.22 },
    y: { label: null, zero: true, nice: true },
    marks: [
      gridY({ stroke: "var(--rule)", strokeOpacity: 1 }),
      axisY({ tickSize: 0, label: null, tickFormat: short, ticks: 5 }),
      barY(bars, { x: "value", y: "count", fill: ACCENT, ry2: 2 }),
      axisX({ ticks: ticksOf(labels, ticks), tickSize: 0, label: null }),
      ruleY([0], { stroke: "currentColor", strokeOpacity: 0.5 }),
    ],
  });
}

const LEGEND = { frameAnchor: "top", dy: -18, fontWeight: 600 } as const;

/** Draws a population pyramid: two groups, from the middle outwards. */
export function pyramid(
  rows: readonly { readonly label: string; readonly left: number; readonly right: number }[],
  { label, left, right }: { label: string; left: string; right: string },
): Html {
  const most = Math.max(1, ...rows.flatMap((row) => [row.left, row.right]));
  const labels = rows.map((row) => row.label);
  const head = rows.slice(-1);
  return draw(label, {
    marginLeft: 46,
    marginRight: 14,
    marginTop: 26,
    marginBottom: 24,
    x: { domain: [-most, most], label: null, nice: true },
    y: { domain: places(labels).reverse(), padding: 0.2, label: null },
    marks: [
      barX(rows, { x: (row) => -row.left, y: "label", fill: ACCENT, insetRight: 0.5, rx1: 2 }),
      barX(rows, { x: "right", y: "label", fill: QUIET, insetLeft: 0.5, rx2: 2 }),
      axisX({ tickSize: 0, ticks: 6, tickFormat: (x: number) => short(Math.abs(x)), label: null }),
      axisY({ ticks: labels, tickSize: 0, tickPadding: 6, label: null }),
      text(head, { x: -most / 2, text: [left], ...LEGEND, fill: ACCENT }),
      text(head, { x: most / 2, text: [right], ...LEGEND, fill: "currentColor" }),
    ],
  });
}

function short(value: number): string {
  return value < 1000 ? String(value) : value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`;
}
