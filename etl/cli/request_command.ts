// Builds the command that repeats a stored request.
import { fromHere } from "../common/path.ts";
import type { Request } from "../extract/pages/pages.ts";
import { commandLine } from "./shell.ts";

/** Sources that are not paths. */
const NAMED: readonly string[] = ["api", "sample", "synthetic", "rejects", "-"];

/** Options by their names in a request. */
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

interface Into {
  readonly out?: string | undefined;
  readonly mode?: "replace" | "append";
  readonly dryRun?: boolean;
}

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
