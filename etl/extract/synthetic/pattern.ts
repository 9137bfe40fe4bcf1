// Makes text from patterns: `#` is a digit, `@` a capital letter, `[…]` one of its characters, and
// any other character itself.
import type { Random } from "./random.ts";

export type Make = (random: Random) => string;

/** `0000` to `9999`, so that four digits need one random number. */
const FOUR_DIGITS = numbered(10000, 10, 4);
const FOUR_HEX = numbered(65536, 16, 4);
const EIGHT_HEX = FOUR_HEX.map((four, i) => FOUR_HEX[Math.imul(i, 40503) & 65535]! + four);

const ALPHABETS: Readonly<Record<string, readonly string[]>> = {
  "@": [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  "#": numbered(10, 10, 1),
  "##": numbered(100, 10, 2),
  "###": numbered(1000, 10, 3),
  "####": FOUR_DIGITS,
};

function numbered(count: number, radix: number, width: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => i.toString(radix).padStart(width, "0"));
}

function pattern(text: string): Make {
  const parts = text.match(/#{1,4}|@|\[[^\]]+\]|[^#@[]+/g) ?? [];
  const pieces = parts.map((part) =>
    ALPHABETS[part] ?? (part.startsWith("[") ? [...part.slice(1, -1)] : [part])
  );
  return (random) => {
    let made = "";
    for (const piece of pieces) made += piece.length === 1 ? piece[0] : random.pick(piece);
    return made;
  };
}

/** Chooses among patterns; naming one twice makes it twice as likely. */
export function oneOf(...texts: readonly string[]): Make {
  const makes = texts.map(pattern);
  return makes.length === 1 ? makes[0]! : (random) => random.pick(makes)(random);
}

/** Hexadecimal digits, eight for each unit, with 16 random bits in each eight. */
export function hex(random: Random, units: number): string {
  let made = "";
  for (let done = 0; done < units; done++) made += EIGHT_HEX[random.next() >>> 16]!;
  return made;
}

export function uuid(random: Random): string {
  const [a, b, c, d] = [random.next(), random.next(), random.next(), random.next()];
  return FOUR_HEX[a >>> 16]! + FOUR_HEX[a & 65535]! + "-" + FOUR_HEX[b >>> 16]! + "-" +
    FOUR_HEX[0x4000 | (b & 0xfff)]! + "-" + FOUR_HEX[0x8000 | (c & 0x3fff)]! + "-" +
    FOUR_HEX[c >>> 16]! + FOUR_HEX[d >>> 16]! + FOUR_HEX[d & 65535]!;
}

/** Non-negative ten-thousandths as text with four places. */
export function fourPlaces(tenThousandths: number): string {
  const whole = Math.floor(tenThousandths / 10000);
  return whole + "." + FOUR_DIGITS[tenThousandths - whole * 10000]!;
}
