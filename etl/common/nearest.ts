import { closest, distance } from "fastest-levenshtein";

/** The most similar name, if at most a third of it differs. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const wanted = word.toLowerCase();
  const found = closest(wanted, names);
  return distance(wanted, found) <= Math.max(2, Math.floor(wanted.length / 3)) && found !== wanted
    ? found
    : undefined;
}
