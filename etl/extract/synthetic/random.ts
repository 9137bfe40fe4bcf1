// Seeded random numbers, Chris Doty-Humphrey's sfc32 with 128 bits of state, and text from patterns:
// `#` is a digit, `@` a capital letter, `[…]` one of its characters, any other character itself.

type Key = readonly [number, number, number, number];

/** Hashes text to 128 bits in four multiplicative lanes. */
export function hashKey(text: string): Key {
  let a = 1779033703, b = 3144134277, c = 1013904242, d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  start([a, b, c, d]: Key, position: number): void {
    this.#a = a ^ Math.imul(position + 1, 0x9e3779b1);
    this.#b = b ^ position;
    this.#c = c;
    this.#counter = d | 0;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.next() * count / 4294967296);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

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

/** Chooses one of the patterns; naming one twice makes it twice as likely. */
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
