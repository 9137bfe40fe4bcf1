/**
 * The envelope of an answer: a page of people, or an error.
 *
 * @module
 */
import * as v from "valibot";
import type { ApiVersion } from "./countries.ts";
import type { Schema } from "./valibot/schema.ts";

/** What the API says about a page: its seed, how many people, which page, which version. */
export interface Info {
  /** The seed, as it was asked for or as the API chose it; of any length. */
  seed: string;
  /** How many people are on the page. */
  results: number;
  /** Number of the page, from 1. */
  page: number;
  /** Version of the API, as `1.4`. */
  version: string;
}

/** A page of people not yet validated. */
export interface Page {
  /** The people. */
  results: unknown[];
  /** What the API says about them. */
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
 * The body that is in for a page when the API is down or limits the rate.
 *
 * @internal
 */
export const ERROR_BODY: Schema<{ error: string }> = v.object({
  error: v.string(),
});

/**
 * The list of people of a page; each is validated apart, so that one bad row costs one person.
 *
 * @internal
 */
export const RESULTS: Schema<unknown, Pick<Page, "results">> = v.object({
  results: v.array(v.unknown(), "a list of people"),
});

/** Limits of the API: what it answers correctly. */
export const LIMITS = {
  /** People on one page, at most. */
  pageSize: 5000,
  /** The last page of a seed. */
  pages: 10000,
} as const;

/** The version debr asks for by default. */
export const DEFAULT_VERSION: ApiVersion = "1.4";
