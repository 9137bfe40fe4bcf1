// Keeps parts few: a dataset that grows by a thousand people every night would else have a part for
// each night.
import { BATCH_PEOPLE } from "../../extract/pages/pages.ts";
import { keptRows, type Piece } from "./parts.ts";

/** Parts of fewer people than this can be joined. */
const SMALL = BATCH_PEOPLE / 2;

/** So many small parts are joined at once: joined at every commit, each night would rewrite them. */
const TOGETHER = 8;

/** Small pieces in groups of up to {@link BATCH_PEOPLE} people, in their order. */
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

/**
 * Says which pieces make up each part. Those without people fall away, unless there is nobody at
 * all: tables without any part could not be read. A group of small ones stands where its first did.
 */
export function groupPieces(pieces: readonly Piece[]): Piece[][] {
  const filled = pieces.filter((piece) => keptRows(piece) > 0);
  if (filled.length === 0) return pieces.slice(0, 1).map((piece) => [piece]);
  const small = filled.filter((piece) => keptRows(piece) < SMALL);
  if (small.length < TOGETHER) return filled.map((piece) => [piece]);
  const groups = new Map(groupSmall(small).map((group) => [group[0]!, group]));
  const joined = new Set([...groups.values()].flatMap((group) => group.slice(1)));
  return filled.filter((piece) => !joined.has(piece)).map((piece) => groups.get(piece) ?? [piece]);
}
