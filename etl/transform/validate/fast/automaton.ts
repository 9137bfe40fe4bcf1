// Compiles regular expressions to a table over bytes. Invalid UTF-8 matches no pattern.
import { encodeUtf8 } from "../../../common/utf8.ts";
import { parsePattern, type Pattern } from "./pattern.ts";

/** The first state times 256; 0 means failure. */
export const FIRST_STATE = 256;

export interface Automaton {
  /** Maps a state times 256 plus a byte to the next state times 256. */
  readonly next: Uint16Array;
  readonly ends: Uint8Array;
}

/** Most states, since a state times 256 must fit into 16 bits. */
const MAX_STATES = 256;

/** The largest code points of one, two, three and four bytes. */
const LONGEST = [0x7f, 0x7ff, 0xffff, 0x10ffff];

type Bytes = readonly (readonly [first: number, last: number])[];

/** Yields the UTF-8 of a range of code points, which may need several sequences of byte ranges. */
function* byteRanges(first: number, last: number): Generator<Bytes, void> {
  const size = LONGEST.findIndex((longest) => first <= longest);
  if (last > LONGEST[size]!) {
    yield* byteRanges(first, LONGEST[size]!);
    return yield* byteRanges(LONGEST[size]! + 1, last);
  }
  for (let bits = 6; bits < 6 * (size + 1); bits += 6) {
    const low = (1 << bits) - 1;
    if ((first & ~low) === (last & ~low)) continue;
    if ((first & low) !== 0) {
      yield* byteRanges(first, first | low);
      return yield* byteRanges((first | low) + 1, last);
    }
    if ((last & low) !== low) {
      yield* byteRanges(first, (last & ~low) - 1);
      return yield* byteRanges(last & ~low, last);
    }
  }
  const to = encodeUtf8(String.fromCodePoint(last));
  yield Array.from(encodeUtf8(String.fromCodePoint(first)), (byte, at) => [byte, to[at]!]);
}

interface Step {
  readonly first: number;
  readonly last: number;
  readonly to: number;
}

/** The states of a pattern, with steps by a byte and free ones. */
class Graph {
  readonly steps: Step[][] = [];
  readonly free: number[][] = [];
  readonly start: readonly number[];
  readonly end: number;

  constructor(pattern: RegExp) {
    const first = this.state();
    this.end = this.add(parsePattern(pattern), first);
    this.start = this.reach([first]);
  }

  state(): number {
    this.free.push([]);
    return this.steps.push([]) - 1;
  }

  /** Adds the bytes of a transition. Equal suffixes share states, which keeps the table small. */
  #bytes(from: number, to: number, { all, shared }: { all: Bytes; shared: Map<string, number> }) {
    const [[first, last] = [0, 0], ...others] = all;
    let next = to;
    if (others.length > 0) {
      const key = others.join();
      next = shared.get(key) ?? this.state();
      if (!shared.has(key)) this.#bytes(next, to, { all: others, shared });
      shared.set(key, next);
    }
    this.steps[from]!.push({ first, last, to: next });
  }

  /** Adds a pattern after a state; returns the state after the pattern. */
  add(pattern: Pattern, from: number): number {
    if ("all" in pattern) return pattern.all.reduce((at, part) => this.add(part, at), from);
    const to = this.state();
    if ("set" in pattern) {
      const shared = new Map<string, number>();
      for (const [first, last] of pattern.set) {
        for (const all of byteRanges(first, last)) this.#bytes(from, to, { all, shared });
      }
    } else if ("any" in pattern) {
      for (const part of pattern.any) this.free[this.add(part, from)]!.push(to);
    } else {
      this.#repeat(pattern, from, to);
    }
    return to;
  }

  #repeat(
    { of, least, most }: Extract<Pattern, { readonly of: Pattern }>,
    from: number,
    to: number,
  ): void {
    let at = from;
    for (let count = 0; count < least; count++) at = this.add(of, at);
    if (most === Infinity) {
      const again = this.state();
      this.free[at]!.push(again);
      this.free[this.add(of, again)]!.push(again);
      at = again;
    }
    for (let count = least; count < most && most < Infinity; count++) {
      this.free[at]!.push(to);
      at = this.add(of, at);
    }
    this.free[at]!.push(to);
  }

  /** The states reachable without input, in order. */
  reach(states: Iterable<number>): readonly number[] {
    const reached = new Set(states);
    for (const state of reached) for (const to of this.free[state]!) reached.add(to);
    return [...reached].sort((a, b) => a - b);
  }
}

/** A state of the table: the possible states of each pattern. */
type Sets = readonly (readonly number[])[];

/** Yields the next states; each item is valid from its byte up to the byte of the next item. */
function* followers(sets: Sets, graphs: readonly Graph[]): Generator<[number, Sets], void> {
  const steps = sets.map((set, at) => set.flatMap((state) => graphs[at]!.steps[state]!));
  const bounds = new Set(steps.flat().flatMap(({ first, last }) => [first, last + 1]));
  for (const from of [...bounds].sort((a, b) => a - b)) {
    yield [
      from,
      steps.map((steps, at) =>
        graphs[at]!.reach(
          steps.flatMap(({ first, last, to }) => first <= from && from <= last ? to : []),
        )
      ),
    ];
  }
}

/** Compiles patterns that must all match a text inside JSON; throws if they are too complex. */
export function compile(patterns: readonly RegExp[]): Automaton {
  const graphs = patterns.map((pattern) => new Graph(pattern));
  const states: Sets[] = [[], graphs.map(({ start }) => start)];
  const known = new Map([[states[1]!.join("|"), 1]]);
  const numberOf = (sets: Sets): number => {
    if (sets.some((set) => set.length === 0)) return 0;
    const key = sets.join("|");
    const number = known.get(key) ?? states.push(sets) - 1;
    if (number === MAX_STATES) throw new RangeError(`Cannot compile ${patterns.join()}: too large`);
    known.set(key, number);
    return number;
  };
  const next = new Uint16Array(MAX_STATES * 256);
  for (let state = 1; state < states.length; state++) {
    const row = next.subarray(state * 256, state * 256 + 256);
    for (const [from, to] of followers(states[state]!, graphs)) row.fill(numberOf(to) * 256, from);
    row.fill(0, 0, 0x20);
    for (const char of '"\\') row[char.charCodeAt(0)] = 0;
  }
  const ends = Uint8Array.from(
    states,
    (sets, state) => state > 0 && sets.every((set, at) => set.includes(graphs[at]!.end)) ? 1 : 0,
  );
  return { next: next.slice(0, states.length * 256), ends };
}
