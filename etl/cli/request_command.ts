// From a request, as the manifest and staging keep it, to the command that asks for it again.
import { fromHere } from "../common/path.ts";
import type { Request } from "../extract/pages/pages.ts";
import { commandLine } from "./shell.ts";

/** Sources that are no path. */
const NAMED: readonly string[] = ["api", "sample", "synthetic", "rejects", "-"];

/** The options of `extract` by what a request calls them. */
const OPTIONS: Readonly<Record<string, string>> = {
  source: "source",
  path: "path",
  api: "api",
  version: "api-version",
  seed: "seed",
  nat: "nat",
  gender: "gender",
  results: "results",
  pageSize: "page-size",
};

/** Into which dataset, and how. */
interface Into {
  readonly out?: string | undefined;
  readonly mode?: "replace" | "append";
  readonly dryRun?: boolean;
}

/** The command line that makes the same request. */
export function extractCommand(
  request: Request,
  { out, mode = "replace", dryRun = false }: Into = {},
): string {
  const asked = Object.entries(OPTIONS).map(([name, option]) => {
    const value = request[name];
    if (value !== undefined && name === "source") {
      return [
        option,
        [value].flat().map((one) => NAMED.includes(`${one}`) ? one : fromHere(`${one}`)),
      ];
    }
    return [option, Array.isArray(value) ? value.join(",").toLowerCase() : value];
  });
  return commandLine("extract", {
    ...Object.fromEntries(asked),
    out,
    ...(mode === "append" && { mode }),
    ...(dryRun && { "dry-run": true }),
  });
}
