// The names and places of synthetic people of one nationality.

/** Names and places of one nationality. Spaces at the ends and double spaces are intended. */
export interface Lists {
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Beginnings of last names, combined with all endings. */
  readonly stems: readonly string[];
  readonly endings: readonly string[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
  readonly states: readonly string[];
}

/** Splits at `|`, with an optional line break after it. */
export function list([text = ""]: TemplateStringsArray): readonly string[] {
  return text.split(/\|\n *|\|/);
}
