// Lays out graphs with Graphviz as WebAssembly, without files, processes or sockets.
import { FACE } from "./erd.ts";
import { instance } from "npm:@viz-js/viz@3.31.0";

const FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

type Point = readonly [x: number, y: number];

function midway([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function line(...points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L")}`;
}

/** Turns a filled line end into a stroke, which makes crow's feet and bars easier to see. */
function stroke(points: readonly Point[]): string | undefined {
  const [a, b, c, d, middle, , , toe] = points;
  if (points.length === 5) return line(midway(a!, d!), midway(b!, c!));
  return points.length === 9 ? line(b!, a!, toe!) + line(a!, middle!) : undefined;
}

function thinEnds(edge: string): string {
  return edge.replace(
    /<polygon fill="[^"]*"( [^>]*) points="([^"]*)"\/>/g,
    (polygon, rest, text) => {
      const points = text.split(" ").map((pair: string) => pair.split(",").map(Number));
      const path = stroke(points);
      return path === undefined ? polygon : `<path fill="none"${rest} d="${path}"/>`;
    },
  );
}

/** Draws DOT as SVG. The same DOT gives the same SVG. */
export async function drawGraph(dot: string): Promise<string> {
  const svg = (await instance()).renderString(dot, { format: "svg" });
  return svg
    .replace(
      /font-family="([^",]*)[^"]*"/g,
      (_, face) => `font-family="${FONTS}"${face === FACE.bold ? ' font-weight="bold"' : ""}`,
    )
    .replace(/<g id="edge[^]*?<\/g>/g, thinEnds);
}
