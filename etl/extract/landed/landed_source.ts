import { number, plural } from "../../common/counts.ts";
import { SourceError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import { keptPath } from "../../common/path.ts";
import { type LandedFile, landedFile, type LandedLine } from "./landed.ts";
import { peekLanded } from "./landed_pages.ts";
import type { LocalPage } from "../pages/pages.ts";

const MOST_RANGES = 10;

function refuse(message: string, next: string | NextStep): never {
  throw new SourceError(message, { step: "source", next });
}

/** The missing pages from 1 to `pages`, as `1-10` or `12`; `files` are in order. */
export function missingPages(files: readonly LandedFile[], pages: number): string[] {
  const missing: string[] = [];
  let next = 1;
  for (const { from, to } of [...files, { from: pages + 1, to: pages }]) {
    const last = from - 1;
    if (last >= next) missing.push(last === next ? `${next}` : `${next}-${last}`);
    next = Math.max(next, to + 1);
  }
  return missing;
}

export function pagesText(ranges: string): string {
  return `${/^\d+$/.test(ranges) ? "page" : "pages"} ${ranges}`;
}

function checkWhole(
  spec: string,
  { files, pages }: { files: readonly LandedFile[]; pages: number },
): void {
  const missing = missingPages(files, pages);
  const last = files.at(-1)!;
  if (missing.length === 0) {
    if (last.to <= pages) return;
    refuse(
      `Cannot use ${last.path}: its request has ${plural(pages, "page")}`,
      "Move it elsewhere",
    );
  }
  const listed = missing.slice(0, MOST_RANGES).join(", ");
  const more = missing.length > MOST_RANGES ? ` and ${missing.length - MOST_RANGES} more` : "";
  refuse(
    `Cannot use ${spec}: it lacks ${pagesText(listed)}${more} of ${number(pages)}`,
    { code: "landed_missing", pages: missing[0]! },
  );
}

/** Lists landed pages; throws a `SourceError` for missing or repeated pages or other requests. */
export async function landedPages(spec: string, paths: readonly string[]): Promise<LocalPage[]> {
  const files = paths.flatMap((path) => landedFile(path) ?? [])
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const firsts: LandedLine[] = [];
  for (const file of files) firsts.push(await peekLanded(file));
  const [first] = firsts;
  if (first === undefined) return [];
  const other = firsts.findIndex(({ run }) => run !== first.run);
  if (other !== -1) {
    refuse(
      `Cannot use ${files[other]!.path}: it is of another request than ${files[0]!.path}`,
      "Land all pages with the same options, seed and page size; one folder for each request",
    );
  }
  const twice = files.findIndex(({ from }, at) => at > 0 && from <= files[at - 1]!.to);
  if (twice !== -1) {
    const [before, { path, from }] = [files[twice - 1]!, files[twice]!];
    refuse(`Cannot use ${path}: page ${from} is in ${before.path} too`, { code: "landed_twice" });
  }
  checkWhole(spec, { files, pages: first.pages });
  return files.map(({ path, from, to }, at) => ({
    kind: "landed",
    label: keptPath(path),
    path,
    from,
    to,
    people: (to - from + 1) * firsts[at]!.results,
    synthetic: first.source === "synthetic",
  }));
}
