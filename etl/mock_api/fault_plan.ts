// Parses the requests that a fault hits: `429:after=0,pages=3+7-9,times=2`.
import { UsageError } from "../common/errors.ts";
import type { Answer } from "./answer.ts";
import { type FaultKind, type FaultOption, FAULTS } from "./faults.ts";
import type { ApiRequest } from "./request.ts";

const NAMES = Object.keys(FAULTS);

/** A configured fault, with the number of its hits per page. */
export interface Fault {
  readonly name: string;
  /** The replacement response; `undefined` if the fault does not hit the request. */
  readonly answer: (request: ApiRequest, now: number) => Answer | undefined;
}

function broken(spec: string, what: string): UsageError {
  return new UsageError(`Cannot read fault ${JSON.stringify(spec)}: ${what}`, {
    step: "mock-api",
    next: { code: "fault_unknown" },
  });
}

function pagesOf(spec: string, text: string): (page: number) => boolean {
  const ranges = text.split("+").map((range) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    if (from === undefined) throw broken(spec, `${range} is no page or range of pages`);
    return [Number(from), Number(to)] as const;
  });
  return (page) => ranges.some(([from, to]) => from <= page && page <= to);
}

function optionsOf(spec: string, text: string, allowed: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  for (const pair of text === "" ? [] : text.split(",")) {
    const [, key = "", value = ""] = /^([a-z]+)=([\d+-]+)$/.exec(pair) ?? [];
    if (!allowed.includes(key)) {
      throw broken(spec, `${pair} is not among ${allowed.map((one) => `${one}=…`).join(", ")}`);
    }
    if (key !== "pages" && !/^\d+$/.test(value)) throw broken(spec, `${value} is no whole number`);
    options.set(key, value);
  }
  return options;
}

/**
 * Parses a fault: a name of {@link FAULTS}, then after a colon its options: `pages` (all by
 * default), `times` (hits per page, unlimited by default) and those of the fault. Throws a
 * `UsageError` that names the wrong part.
 */
export function parseFault(spec: string): Fault {
  const [, name = "", text = ""] = /^([^:]*):?(.*)$/.exec(spec) ?? [];
  if (!NAMES.includes(name)) throw broken(spec, `${name || "nothing"} is not among ${NAMES}`);
  const kind: FaultKind = FAULTS[name as keyof typeof FAULTS];
  const options = optionsOf(spec, text, ["pages", "times", ...kind.takes]);
  const own = Object.fromEntries(
    kind.takes.filter((key) => options.has(key)).map((key) => [key, Number(options.get(key))]),
  ) as { readonly [O in FaultOption]?: number };
  const pages = options.get("pages");
  const hits = pages === undefined ? () => true : pagesOf(spec, pages);
  const times = Number(options.get("times") ?? Infinity);
  const tried = new Map<number, number>();
  return {
    name,
    answer(request, now) {
      const tries = tried.get(request.page) ?? 0;
      if (!hits(request.page) || tries >= times) return undefined;
      tried.set(request.page, tries + 1);
      return kind.answer(request, { ...own, now });
    },
  };
}
