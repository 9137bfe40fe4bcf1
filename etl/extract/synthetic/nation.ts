// Escapes texts once, not per person. Names are invented or common; their spaces are intended.
import type { Nationality } from "../../../schema/mod.ts";
import { formatOf } from "./formats.ts";
import NAMES from "./names.json" with { type: "json" };

/** Letters that Unicode does not decompose: Latin, Cyrillic, Arabic. */
const LETTERS = new Map(
  `
  ø:o æ:ae ß:ss đ:dj ı:i œ:oe
  ј:j а:a б:b в:v г:g ґ:g д:d е:e є:ye ж:zh з:z и:i і:i ї:yi й:y к:k л:l м:m н:n
  о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:ch ш:sh щ:shch ь: ю:yu я:ya
  ب:b پ:p ت:t ث:th ج:j چ:ch ح:h خ:kh د:d ذ:dh ر:r ز:z ژ:zh س:s ش:sh ص:s ض:d ط:t
  ظ:z ع:' غ:gh ف:f ق:q ک:kh ك:k گ:g ل:l م:m ن:n و:w ه:h ی:y ي:y
`.trim().split(/\s+/).map((pair) => pair.split(":") as [string, string]),
);

/** The local part of an e-mail address: letters without accents, digits, apostrophes, dots. */
function ascii(name: string): string {
  let made = "";
  // NFC first, so that й and ї are single letters and not и and і with marks.
  for (const letter of name.toLowerCase().normalize("NFC")) {
    made += LETTERS.get(letter) ?? letter.normalize("NFD");
  }
  return made.replace(/[^a-z0-9'.-]/g, "");
}

interface Name {
  readonly json: string;
  readonly ascii: string;
}

/** Splits a list at `|` and escapes its texts for JSON, without quotes. */
export function escaped(list: string): readonly string[] {
  return list.split("|").map((text) => JSON.stringify(text).slice(1, -1));
}

function names(list: string): readonly Name[] {
  const json = escaped(list);
  return list.split("|").map((text, at) => ({ json: json[at]!, ascii: ascii(text) }));
}

function prepare(nat: Nationality) {
  const lists = NAMES[nat];
  const french = nat === "CH";
  return {
    nat,
    format: formatOf(nat),
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

export type Nation = ReturnType<typeof prepare>;

const prepared: Partial<Record<Nationality, Nation>> = {};

export function nation(nat: Nationality): Nation {
  return prepared[nat] ??= prepare(nat);
}
