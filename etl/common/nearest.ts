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

/** Whether a word is one of some names but for a letter, or for letters in another order. */
export function isMisspelt(word: string, names: readonly string[]): boolean {
  const meant = nearest(word, names);
  const sorted = (text: string) => Array.from(text).sort().join("");
  return meant !== undefined && !names.includes(word) && word.length > 3 &&
    (distance(word, meant) === 1 || sorted(word) === sorted(meant));
}
