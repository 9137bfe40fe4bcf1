/**
 * Where pages lie and how they are grouped: what every source boils down to, so that the stages
 * after it do not know which source it was.
 *
 * @module
 */
import type { SyntheticRequest } from "../synthetic/mod.ts";
import type { Place } from "../text/position.ts";

/** What all pages say that can be read here and now. */
interface Local {
  /** What errors, rejects and the manifest call it; of several pages in one, what their labels begin with. */
  readonly label: string;
  /** How many people there are, about. */
  readonly people?: number;
}

/** What is saved, and where in it the people are, as a dotted path. */
interface Saved extends Local {
  readonly inside?: string;
}

/** A page, or several in one, that can be read here and now. */
export type LocalPage =
  /** A saved file, of any shape. */
  | Saved & { readonly kind: "file"; readonly path: string }
  /** Some bytes of a saved file in UTF-8: a page, or people in a row. */
  | Saved & FileRange & {
    readonly kind: "part";
    readonly path: string;
    /** Where it begins in the file. */
    readonly place: Place;
  }
  /** What can be read from its beginning only, and perhaps only once. */
  | Saved & { readonly kind: "stream"; readonly open: () => AsyncIterable<Uint8Array<ArrayBuffer>> }
  /** A file of consecutive pages as `land` writes them. */
  | Local & {
    readonly kind: "landed";
    readonly path: string;
    readonly from: number;
    readonly to: number;
  }
  /** A page that is made up from a seed. */
  | Local & { readonly kind: "synthetic"; readonly request: SyntheticRequest };

/** Consecutive values of a file. */
export interface FileRange {
  readonly from: number;
  readonly to: number;
  /** Whether they are values of a list, with commas between them. */
  readonly inList: boolean;
}

/** A page that must be fetched first. */
export interface RemotePage {
  readonly kind: "api";
  /** Number of the page, from 1. */
  readonly page: number;
  /** People on it. */
  readonly results: number;
}

/** Consecutive pages that become one part of each table: about {@link BATCH_PEOPLE} people. */
interface Batch<P = LocalPage | RemotePage> {
  /** Position in the run, from 0. */
  readonly index: number;
  readonly pages: readonly P[];
}

/** What was asked for, as the manifest keeps it: enough to ask for it again. */
export type Request = Readonly<Record<string, string | number | readonly string[]>>;

/** A source: what was asked, and its pages in order. */
export interface Source {
  readonly request: Request;
  /** Tells this run from another of the same request: changes when saved files change. */
  readonly fingerprint: string;
  /** How many people to expect; unknown for saved files. */
  readonly people?: number;
  readonly batches: readonly Batch[];
}

/** People in one part, about: few enough for memory, enough for few files. */
export const BATCH_PEOPLE = 50_000;

/**
 * Groups pages into batches. `weigh` says how many people a page holds, about; a batch is full when
 * the next page would exceed {@link BATCH_PEOPLE}.
 */
export function inBatches<P>(pages: readonly P[], weigh: (page: P) => number): Batch<P>[] {
  const batches: P[][] = [];
  let people = Infinity;
  for (const page of pages) {
    const weight = weigh(page);
    if (people + weight > BATCH_PEOPLE) {
      batches.push([]);
      people = 0;
    }
    batches.at(-1)?.push(page);
    people += weight;
  }
  return batches.map((pages, index) => ({ index, pages }));
}

/** Splits so many people into pages: all of the same size, but for the last. */
export function splitPages(
  results: number,
  pageSize: number,
): { readonly page: number; readonly results: number }[] {
  return Array.from({ length: Math.ceil(results / pageSize) }, (_, index) => ({
    page: index + 1,
    results: Math.min(pageSize, results - index * pageSize),
  }));
}
