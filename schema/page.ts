/**
 * The body of a response: a page of people, or an error.
 *
 * @module
 */
import * as v from "valibot";
import type { ApiVersion } from "./countries.ts";
import type { Schema } from "./valibot/schema.ts";

/** The API's metadata of a page: its seed, number of people, page number and version. */
export interface Info {
  /** The seed that was requested or that the API chose; of any length. */
  seed: string;
  /** The number of people on the page. */
  results: number;
  /** Number of the page, from 1. */
  page: number;
  /** Version of the API, for example `1.4`. */
  version: string;
}

/** A page of people who are not yet validated. */
export interface Page {
  /** The people. */
  results: unknown[];
  /** The API's metadata of the page. */
  info: Info;
}

/**
 * The schema of {@link Info}.
 *
 * @internal
 */
export const INFO: Schema<unknown, Info> = v.object({
  seed: v.string("text"),
  results: v.pipe(v.number("a number"), v.integer("a whole number")),
  page: v.pipe(v.number("a number"), v.integer("a whole number")),
  version: v.string("text"),
});

/**
 * The body that the API sends instead of a page when it is down or limits the rate.
 *
 * @internal
 */
export const ERROR_BODY: Schema<{ error: string }> = v.object({
  error: v.string(),
});

/**
 * The people of a page. Each is validated separately, so that an invalid row rejects one person.
 *
 * @internal
 */
export const RESULTS: Schema<unknown, Pick<Page, "results">> = v.object({
  results: v.array(v.unknown(), "a list of people"),
});

/** The limits up to which the API returns correct pages. */
export const LIMITS = {
  /** Maximum people on one page. */
  pageSize: 5000,
  /** The last page of a seed. */
  pages: 10000,
} as const;

/** The version that debr requests by default. */
export const DEFAULT_VERSION: ApiVersion = "1.4";
