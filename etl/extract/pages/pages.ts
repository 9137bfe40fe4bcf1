import type { SyntheticRequest } from "../synthetic/mod.ts";
import type { Place } from "../text/json_fault.ts";

interface Local {
  /** The name in errors, rejects and the manifest; a file of several pages extends it. */
  readonly label: string;
  readonly people?: number;
}

interface Saved extends Local {
  readonly inside?: string | undefined;
}

/** One or more pages that can be read now. */
export type LocalPage =
  | Saved & { readonly kind: "file"; readonly path: string }
  /** Part of a saved file in UTF-8: a page, or consecutive people. */
  | Saved & FileRange & {
    readonly kind: "part";
    readonly path: string;
    readonly place: Place;
  }
  /** A stream that can be read only from its start, and possibly only once. */
  | Saved & { readonly kind: "stream"; readonly open: () => AsyncIterable<Uint8Array<ArrayBuffer>> }
  /** A file of consecutive pages as `land` writes them. */
  | Local & {
    readonly kind: "landed";
    readonly path: string;
    readonly synthetic?: boolean;
    readonly from: number;
    readonly to: number;
  }
  | Local & { readonly kind: "synthetic"; readonly request: SyntheticRequest };

export interface FileRange {
  readonly from: number;
  readonly to: number;
  readonly inList: boolean;
}

export interface RemotePage {
  readonly kind: "api";
  readonly page: number;
  readonly results: number;
}

/** Consecutive pages that become one part of each table: about {@link BATCH_PEOPLE} people. */
interface Batch<P = LocalPage | RemotePage> {
  /** Position in the run, from 0. */
  readonly index: number;
  readonly pages: readonly P[];
}

/** A request as the manifest stores it, complete enough to repeat it. */
export type Request = Readonly<Record<string, string | number | readonly string[]>>;

export interface Source {
  readonly request: Request;
  /** A value that changes with the saved files. */
  readonly fingerprint: string;
  /** Number of people; unknown for saved files. */
  readonly people?: number;
  readonly batches: readonly Batch[];
}

/** Approximate people per part: few enough for memory, many enough for few files. */
export const BATCH_PEOPLE = 50_000;

/** Groups pages; a batch ends before the page that would exceed {@link BATCH_PEOPLE} by `weigh`. */
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

export function splitPages(results: number, pageSize: number): Omit<RemotePage, "kind">[] {
  return Array.from({ length: Math.ceil(results / pageSize) }, (_, index) => ({
    page: index + 1,
    results: Math.min(pageSize, results - index * pageSize),
  }));
}
