import { closest, distance } from "fastest-levenshtein";

/** Returns the most similar name, if at most a third of its letters differ. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const wanted = word.toLowerCase();
  const found = closest(wanted, names);
  return distance(wanted, found) <= Math.max(2, Math.floor(wanted.length / 3)) && found !== wanted
    ? found
    : undefined;
}

/** Returns whether a word differs from a name only by one letter or by the order of letters. */
export function isMisspelt(word: string, names: readonly string[]): boolean {
  const meant = nearest(word, names);
  const sorted = (text: string) => Array.from(text).sort().join("");
  return meant !== undefined && !names.includes(word) && word.length > 3 &&
    (distance(word, meant) === 1 || sorted(word) === sorted(meant));
}
