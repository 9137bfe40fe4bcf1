// What the synthetic people of one nationality are made of.

/** Names and places of one nationality. Spaces at ends and doubled ones are meant. */
export interface Lists {
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Beginnings of last names; each goes with each of the endings. */
  readonly stems: readonly string[];
  readonly endings: readonly string[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
  readonly states: readonly string[];
}

/** Splits at `|`; a line may break after one. */
export function list([text = ""]: TemplateStringsArray): readonly string[] {
  return text.split(/\|\n *|\|/);
}
