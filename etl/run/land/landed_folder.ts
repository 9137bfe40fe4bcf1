// The folder of landed pages: pages of one request, each in one file.
import { SourceError, UsageError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import type { RandomUser } from "../../random_user.ts";
import { unless } from "../../common/missing.ts";
import { sha256 } from "../../common/sha256.ts";
import { type LandedFile, landedFile, type PageOfLine } from "../../extract/landed/landed.ts";
import { peekLanded } from "../../extract/landed/landed_pages.ts";
import type { LocalPage, RemotePage, Source } from "../../extract/pages/pages.ts";
import { requestOf } from "../run_folder.ts";
import { VERSION } from "../../common/version.ts";

export interface Asked {
  readonly source: Source;
  readonly client?: RandomUser | undefined;
  /** The facts of its lines, if it was landed before. */
  readonly before?: PageOfLine | undefined;
}

export interface Piece {
  readonly file: LandedFile;
  readonly wanted: readonly (LocalPage | RemotePage)[];
}

export function refuse(message: string, next: string | NextStep): never {
  throw new UsageError(message, { step: "arguments", next });
}

export function runOf(asked: Asked): string {
  if (asked.before) return asked.before.run;
  const request = Object.entries(requestOf(asked.source, asked.client)).sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  const text = JSON.stringify([VERSION, request, asked.source.fingerprint]);
  return sha256(text).slice(0, 16);
}

/** Rejects pages of another request or in other files; adopts the seed of existing pages. */
export async function lookAround(
  out: string,
  { pieces, ...asked }: Asked & { readonly pieces: readonly Piece[] },
): Promise<void> {
  const { client } = asked;
  for await (const { name } of Deno.readDir(out)) {
    const file = landedFile(`${out}/${name}`);
    // A damaged file is reported when it is read.
    const line = file && await unless((error) => error instanceof SourceError, peekLanded(file));
    if (file === undefined || line === undefined) continue;
    const { run, seed } = line;
    if (client?.request.seed === undefined && seed !== null) client?.keepSeed(seed);
    if (run !== runOf(asked)) {
      refuse(
        `Cannot land in ${out}: ${name} belongs to another request`,
        { code: "landed_other_request" },
      );
    }
    const twice = pieces.find(({ file: { path, from, to } }) =>
      path !== file.path && from <= file.to && to >= file.from
    );
    if (twice === undefined) continue;
    refuse(
      `Cannot land pages ${twice.file.from}-${twice.file.to}: ${name} contains some of them`,
      { code: "landed_other_ranges", folder: out },
    );
  }
}
