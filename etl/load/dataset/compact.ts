// Joins small parts: nightly appends of a thousand people would add a part each night.
import { BATCH_PEOPLE } from "../../extract/pages/pages.ts";
import { keptRows, type Piece } from "./parts.ts";

const SMALL = BATCH_PEOPLE / 2;

// The number of small parts to join at once. Joining at every commit would rewrite them each night.
const TOGETHER = 8;

function groupSmall(small: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let people = Infinity;
  for (const piece of small) {
    const rows = keptRows(piece);
    if (people + rows > BATCH_PEOPLE) {
      groups.push([]);
      people = 0;
    }
    groups.at(-1)!.push(piece);
    people += rows;
  }
  return groups;
}

/** Groups pieces and drops empty ones, but keeps at least one: a table needs a part. */
export function groupPieces(pieces: readonly Piece[]): Piece[][] {
  const filled = pieces.filter((piece) => keptRows(piece) > 0);
  if (filled.length === 0) return pieces.slice(0, 1).map((piece) => [piece]);
  const small = filled.filter((piece) => keptRows(piece) < SMALL);
  if (small.length < TOGETHER) return filled.map((piece) => [piece]);
  const groups = new Map(groupSmall(small).map((group) => [group[0]!, group]));
  const joined = new Set([...groups.values()].flatMap((group) => group.slice(1)));
  return filled.filter((piece) => !joined.has(piece)).map((piece) => groups.get(piece) ?? [piece]);
}
