/**
 * Options that several commands take, and how their values are read.
 *
 * @module
 */

/** A whole number of at least `min`. */
export function wholeNumber(min: number): (text: string) => number {
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) < min || !Number.isSafeInteger(Number(text))) {
      throw new RangeError(
        `it should be a whole number, ${min} or more, not ${JSON.stringify(text)}`,
      );
    }
    return Number(text);
  };
}

/** `--data`: the dataset to read. */
export const DATA = {
  type: "string",
  default: "data",
  metavar: "DIR",
  description: "Folder of the dataset",
} as const;

/** `--out`: the dataset to write. */
export const OUT = {
  type: "string",
  default: "data",
  metavar: "DIR",
  description: "Folder to write the dataset to, data or one below it",
} as const;

/** `--json`: results for programs. */
export const JSON_OUTPUT = {
  type: "boolean",
  description: "Print the result as JSON to stdout",
} as const;
