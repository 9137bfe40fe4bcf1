// The people of another source that a replacing run removes. Synthetic people replace real people
// only on request, since real ones could not be restored.
import { UsageError } from "../common/errors.ts";
import {
  type CommittedState,
  committedTables,
  isForeign,
  type Manifest,
} from "../load/dataset/mod.ts";
import type { Request } from "../extract/pages/pages.ts";
import type { Run } from "./stage.ts";

function isMadeUp({ source, landed }: Request): boolean {
  return source === "sample" || source === "synthetic" || landed === "synthetic";
}

interface Replacement {
  /** Number of people; `undefined` if no manifest has it. */
  readonly people: number | undefined;
  readonly sources: readonly string[];
  /** Whether synthetic people would replace real ones. */
  readonly refused: boolean;
}

function nameOf({ source = "", api }: Request): string {
  return api === undefined ? `${source}` : `${source} ${api}`;
}

/** Finds the people to be replaced; `undefined` if all are of the same source. */
export function replacementOf(
  { requests, tables }: Pick<Manifest, "requests" | "tables">,
  request: Request,
): Replacement | undefined {
  const others = requests.filter((held) => nameOf(held) !== nameOf(request));
  if (others.length === 0 || tables.users.rows === 0) return undefined;
  return {
    people: tables.users.rows,
    sources: [...new Set(requests.map(nameOf))],
    refused: isMadeUp(request) && others.some((other) => !isMadeUp(other)),
  };
}

function inWords({ people, sources }: Replacement): string {
  const who = people === undefined
    ? "tables"
    : people === 1
    ? "1 person"
    : `${people.toLocaleString("en")} people`;
  return `${who} of source ${sources.join(", ")}`;
}

async function unknownTables(root: string, request: Request): Promise<Replacement | undefined> {
  if (await committedTables(root) === undefined && !await isForeign(root)) return undefined;
  return { people: undefined, sources: ["unknown"], refused: isMadeUp(request) };
}

/** Logs the replacement; throws a `UsageError` if synthetic people would replace others unasked. */
export async function checkReplacement(
  { dataset }: CommittedState,
  { source: { request }, options, effects: { log } }: Pick<Run, "source" | "options" | "effects">,
): Promise<void> {
  const { root, replaceOther = false } = options;
  const replaced = dataset === undefined
    ? await unknownTables(root, request)
    : replacementOf(dataset.manifest, request);
  if (replaced === undefined) return;
  const words = inWords(replaced);
  if (replaced.refused && !replaceOther) {
    throw new UsageError(
      `Cannot replace ${words} in ${root} by those of source ${request["source"]}`,
      { step: "open", next: { code: "replaces_others", data: root, request } },
    );
  }
  const { people, sources } = replaced;
  log({
    event: "run.replaces",
    message: `Will replace ${words} in ${root}`,
    data: { ...(people !== undefined && { users: people }), sources: sources.join(", ") },
  });
}
