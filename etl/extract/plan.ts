/**
 * From what was asked for to a source with its pages, and the client where they must be fetched.
 *
 * @module
 */
import { LIMITS } from "../../schema/mod.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { RandomUser } from "../random_user.ts";
import { inBatches, type Request, type Source, splitPages } from "../source/pages.ts";
import { pageRequest, type RandomUserOptions } from "../source/request.ts";
import { savedSource } from "../source/saved.ts";

/** What was asked for; options that were not given are absent. */
export interface Wanted extends RandomUserOptions {
  /** `api`, `sample`, `synthetic`, or a path. */
  readonly source: string;
  /** How many people. */
  readonly results?: number;
}

/** A source, and the client to fetch its pages with. */
export interface Plan {
  readonly source: Source;
  readonly client?: RandomUser;
}

/** People when no number was asked for. */
const DEFAULT_RESULTS = 1000;

/** Seed of synthetic people when none was asked for. */
const DEFAULT_SEED = "debr";

/** Folder of the committed sample, from wherever debr is run. */
const SAMPLE = new URL("../../data/sample/pages/", import.meta.url);

function refuseOptions({ source, ...options }: Wanted): void {
  const [given] = Object.keys(options);
  if (given === undefined) return;
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/^version$/, "api-version");
  throw new UsageError(`Cannot use --${option} with --source ${source}: pages are taken whole`, {
    step: "arguments",
    next: "Leave it out, or use --source api or --source synthetic",
  });
}

/** Without options that were not given, so that equal requests are equal text. */
function compact(request: Record<string, Request[string] | undefined>): Request {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as Request;
}

function sized({ results = DEFAULT_RESULTS, pageSize }: Wanted) {
  return { results, pageSize: pageSize ?? Math.min(results, LIMITS.pageSize) };
}

function syntheticSource(wanted: Wanted): Source {
  if (wanted.api !== undefined) refuseOptions({ source: wanted.source, api: wanted.api });
  const { results, ...size } = sized(wanted);
  const { source: _, results: __, ...options } = wanted;
  // Refuses what the API would answer differently, and with it the generator.
  const request = pageRequest({ seed: DEFAULT_SEED, ...options, ...size });
  const { seed = DEFAULT_SEED, version, nat, gender, pageSize } = request;
  const pages = splitPages(results, pageSize).map((page) => ({
    kind: "synthetic" as const,
    label: `synthetic:${seed}/${page.page}`,
    request: { seed, version, ...page, ...(nat && { nat }), ...(gender && { gender }) },
  }));
  return {
    request: compact({ source: "synthetic", version, seed, nat, gender, results, pageSize }),
    fingerprint: "",
    people: results,
    batches: inBatches(pages, ({ request }) => request.results),
  };
}

/** The API answers a page beyond its last one with page 1. */
function refuseLatePages(pages: number): void {
  if (pages <= LIMITS.pages) return;
  const [asked, last] = [pages, LIMITS.pages].map((count) => count.toLocaleString("en"));
  throw new UsageError(`Cannot fetch ${asked} pages: the API has ${last} pages of a seed`, {
    step: "arguments",
    next: `Ask for fewer people, or more on each page: --page-size ${LIMITS.pageSize}`,
  });
}

function apiPlan(wanted: Wanted, effects: Pick<Effects, "fetch">): Plan {
  const { results, pageSize } = sized(wanted);
  const { source: _, results: __, ...options } = wanted;
  const client = new RandomUser({ ...options, pageSize }, effects);
  const { api, version, seed, nat, gender } = client.request;
  const pages = splitPages(results, pageSize).map((page) => ({ kind: "api" as const, ...page }));
  refuseLatePages(pages.length);
  const source = {
    request: compact({ source: "api", api, version, seed, nat, gender, results, pageSize }),
    fingerprint: "",
    people: results,
    batches: inBatches(pages, (page) => page.results),
  };
  return { source, client };
}

async function sampleSource(wanted: Wanted): Promise<Source> {
  refuseOptions(wanted);
  const folder = decodeURIComponent(SAMPLE.pathname);
  const saved = await savedSource(folder);
  const relabel = (path: string) => `sample:${path.slice(folder.length)}`;
  const batches = saved.batches.map(({ index, pages }) => ({
    index,
    pages: pages.map((page) =>
      page.kind === "file" ? { ...page, label: relabel(page.path) } : page
    ),
  }));
  return { request: { source: "sample" }, fingerprint: saved.fingerprint, batches };
}

/**
 * Plans a run. Throws a `UsageError` for what cannot be asked, and a `SourceError` where saved pages
 * are not there.
 */
export async function plan(wanted: Wanted, effects: Pick<Effects, "fetch">): Promise<Plan> {
  switch (wanted.source) {
    case "api":
      return apiPlan(wanted, effects);
    case "synthetic":
      return { source: syntheticSource(wanted) };
    case "sample":
      return { source: await sampleSource(wanted) };
    default:
      refuseOptions(wanted);
      return { source: await savedSource(wanted.source) };
  }
}
