// Prepares nationalities for writing, so that texts are escaped once and not for each person.
import type { Nationality } from "../../../schema/mod.ts";
import { ascii } from "./ascii.ts";
import { type Format, FORMATS } from "./formats.ts";
import { LISTS } from "./lists/mod.ts";

/** A name as JSON text, and as part of an e-mail address. */
interface Name {
  readonly json: string;
  readonly ascii: string;
}

export interface Nation {
  readonly nat: Nationality;
  readonly format: Format;
  readonly female: { readonly titles: readonly string[]; readonly first: readonly Name[] };
  readonly male: { readonly titles: readonly string[]; readonly first: readonly Name[] };
  readonly stems: readonly Name[];
  readonly endings: readonly Name[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
  readonly states: readonly string[];
}

function escape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Escapes texts for JSON, without quotes. */
export function escaped(texts: readonly string[]): readonly string[] {
  return texts.map(escape);
}

function names(texts: readonly string[]): readonly Name[] {
  return texts.map((text) => ({ json: escape(text), ascii: ascii(text) }));
}

function prepare(nat: Nationality): Nation {
  const lists = LISTS[nat];
  const french = nat === "CH";
  return {
    nat,
    format: FORMATS[nat],
    female: {
      titles: french ? ["Madame", "Mademoiselle"] : ["Miss", "Mrs", "Ms"],
      first: names(lists.female),
    },
    male: { titles: [french ? "Monsieur" : "Mr"], first: names(lists.male) },
    stems: names(lists.stems),
    endings: names(lists.endings),
    streets: escaped(lists.streets),
    cities: escaped(lists.cities),
    states: escaped(lists.states),
  };
}

const prepared = new Map<Nationality, Nation>();

export function nation(nat: Nationality): Nation {
  let made = prepared.get(nat);
  if (made === undefined) prepared.set(nat, made = prepare(nat));
  return made;
}
