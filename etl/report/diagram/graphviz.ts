// Lays a graph out: the door to Graphviz, as WebAssembly without a file, a process or a socket.
import { instance } from "npm:@viz-js/viz@3.31.0";

/**
 * The faces to name in a graph. Graphviz has no fonts, only tables of widths, and the reader's fonts
 * are not known: texts are measured in the widest of the usual fonts, so that any of {@link FONTS}
 * fits. Bold is a face, since Graphviz sets its own `<b>` off the line.
 */
export const FACE = { regular: "DejaVu Sans", bold: "Verdana" } as const;

/** What the texts are shown in: the first that the reader has. */
const FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

type Point = readonly [x: number, y: number];

function midway([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function line(...points: readonly Point[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x.toFixed(2)},${y.toFixed(2)}`).join(
    "",
  );
}

/** Graphviz fills the ends of its lines; as strokes, crow's feet and bars are told apart. */
function stroke(points: readonly Point[]): string | undefined {
  const [a, b, c, d] = points;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (points.length === 5) return line(midway(a, d), midway(b, c));
  const [middle, toe] = [points[4], points[7]];
  if (points.length !== 9 || middle === undefined || toe === undefined) return undefined;
  return line(b, a, toe) + line(a, middle);
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

/** Draws a graph in the DOT language as SVG. The same graph gives the same bytes. */
export async function drawGraph(dot: string): Promise<string> {
  const svg = (await instance()).renderString(dot, { format: "svg" });
  return svg
    .replace(
      /font-family="([^",]*)[^"]*"/g,
      (_, face) => `font-family="${FONTS}"${face === FACE.bold ? ' font-weight="bold"' : ""}`,
    )
    .replace(/<g id="edge[^]*?<\/g>/g, thinEnds);
}
