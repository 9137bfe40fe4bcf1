import { number } from "../common/counts.ts";
import { pathOfUrl } from "../common/path.ts";
import { DEFAULT_VERSION, LIMITS } from "../../schema/mod.ts";
import { UsageError } from "../common/errors.ts";
import { type ClientEffects, RandomUser } from "../random_user.ts";
import { inBatches, type Request, type Source, splitPages } from "../extract/pages/pages.ts";
import { checkPeople, checkResults, type RandomUserOptions } from "../extract/api/request.ts";
import { savedSource } from "../extract/files/saved.ts";

export interface Wanted extends RandomUserOptions {
  /** `api`, `sample`, `synthetic`, or files, folders and globs, `-` for stdin. */
  readonly source: string | readonly string[];
  readonly path?: string;
  readonly results?: number;
}

export interface Plan {
  readonly source: Source;
  readonly client?: RandomUser;
}

/** The maximum number of synthetic pages: more than anyone needs, and few enough to list. */
const MOST_SYNTHETIC_PAGES = 1_000_000;

const SAMPLE = pathOfUrl(new URL("../../data/sample/pages/", import.meta.url));

function refuseOptions({ source, ...options }: Wanted, why = "its pages are used as they are") {
  const [given] = Object.keys(options);
  if (given === undefined) return;
  const named = [source].flat().join(", ");
  const option = given.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new UsageError(`Cannot use ${option} with source ${named}: ${why}`, {
    step: "arguments",
    next: { code: "option_of_pages", option: given },
  });
}

/** Drops absent options, so that equal requests have equal text. */
function compact(request: Record<string, Request[string] | undefined>): Request {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as Request;
}

function sized({ results = 1000, pageSize }: Wanted) {
  return { results, pageSize: pageSize ?? Math.min(results, LIMITS.pageSize) };
}

function syntheticSource(wanted: Wanted): Source {
  const { source, api, rate, ...people } = wanted;
  const remote = { ...(api !== undefined && { api }), ...(rate !== undefined && { rate }) };
  refuseOptions({ source, ...remote }, "its people are generated");
  checkPeople(people);
  const { results, pageSize } = sized(wanted);
  if (results / pageSize > MOST_SYNTHETIC_PAGES) {
    throw new UsageError(`Cannot make ${results} people in pages of ${pageSize}`, {
      step: "request",
      next: `Use at most ${number(MOST_SYNTHETIC_PAGES * pageSize)}`,
    });
  }
  const { seed = "debr", version = DEFAULT_VERSION, nat, gender } = wanted;
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

function apiPlan(wanted: Wanted, effects: ClientEffects): Plan {
  const { results, pageSize } = sized(wanted);
  const { source: _, results: __, ...options } = wanted;
  const client = new RandomUser({ ...options, pageSize }, effects);
  checkResults(client.request, results);
  const { api, version, seed, nat, gender } = client.request;
  const pages = splitPages(results, pageSize).map((page) => ({ kind: "api" as const, ...page }));
  const source = {
    request: compact({ source: "api", api, version, seed, nat, gender, results, pageSize }),
    fingerprint: "",
    people: results,
    batches: inBatches(pages, (page) => page.results),
  };
  return { source, client };
}

/** The sample as a source; labels do not depend on the folder. */
export async function sampleSource(folder: string): Promise<Source> {
  const saved = await savedSource([folder]);
  const relabel = (path: string) => `sample:${path.slice(folder.length)}`;
  const batches = saved.batches.map(({ index, pages }) => ({
    index,
    pages: pages.map((page) =>
      page.kind === "file" ? { ...page, label: relabel(page.path) } : page
    ),
  }));
  return { request: { source: "sample" }, fingerprint: saved.fingerprint, batches };
}

function namedSource(source: Wanted["source"]): string | undefined {
  const sources = [source].flat();
  const named = sources.find((one) => NAMED.includes(one));
  if (named === undefined || sources.length === 1) return named;
  const other = sources.find((one) => one !== named) ?? named;
  throw new UsageError(`Cannot use source ${named} together with ${other}`, {
    step: "arguments",
    next: { code: "source_alone", source: named },
  });
}

const NAMED: readonly string[] = ["api", "sample", "synthetic"];

/** Effects of planning, with stdin if it is a source. */
export interface PlanEffects extends ClientEffects {
  readonly input?: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Plans a run; throws a `UsageError` for invalid options and a `SourceError` for missing files. */
export async function plan(wanted: Wanted, effects: PlanEffects = {}): Promise<Plan> {
  const { path, ...others } = wanted;
  const named = namedSource(wanted.source);
  if (named !== undefined && path !== undefined) {
    throw new UsageError(`Cannot use a path with source ${named}: a path locates people in files`, {
      step: "arguments",
      next: { code: "path_of_files" },
    });
  }
  if (named === "api") return apiPlan(wanted, effects);
  if (named === "synthetic") return { source: syntheticSource(wanted) };
  refuseOptions(others);
  const source = named === "sample"
    ? await sampleSource(SAMPLE)
    : await savedSource([wanted.source].flat(), { path, input: effects.input });
  return { source };
}
