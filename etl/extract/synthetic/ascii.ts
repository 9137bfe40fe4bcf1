// Names in e-mail addresses: lower case, ASCII letters, digits, apostrophes, points, hyphens.

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

/** The local part of an e-mail address, without spaces but with points. */
export function ascii(name: string): string {
  let made = "";
  // NFC first, so that й and ї are single letters and not и and і with marks.
  for (const letter of name.toLowerCase().normalize("NFC")) {
    made += LETTERS.get(letter) ?? letter.normalize("NFD");
  }
  return made.replace(/[^a-z0-9'.-]/g, "");
}
