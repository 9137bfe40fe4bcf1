/**
 * The envelope of an answer: a page of people, or an error.
 *
 * @module
 */
import * as v from "valibot";
import type { ApiVersion } from "./countries.ts";

/** What the API says of a page. The seed of a saved page may be of any length. */
export const INFO = v.object({
  seed: v.string("text"),
  results: v.pipe(v.number("a number"), v.integer("a whole number")),
  page: v.pipe(v.number("a number"), v.integer("a whole number")),
  version: v.string("text"),
});

/** What the API says of a page: its seed, how many people, which page, which version. */
export type Info = v.InferOutput<typeof INFO>;

/** The body that stands in for a page when the API is down or limits the rate. */
export const ERROR_BODY = v.object({ error: v.string() });

/** A page of people; each person is judged apart, so that one bad row costs one person. */
export const PAGE = v.object({ results: v.array(v.unknown(), "a list of people"), info: INFO });

/** A page of people not yet judged. */
export type Page = v.InferOutput<typeof PAGE>;

/** Limits of the API: what it answers correctly. */
export const LIMITS = {
  /** People on one page, at most. */
  pageSize: 5000,
  /** The last page of a seed. */
  pages: 10000,
} as const;

/** The version debr asks for unless told otherwise. */
export const DEFAULT_VERSION: ApiVersion = "1.4";
