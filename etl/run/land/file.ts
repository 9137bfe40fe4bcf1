import { gzipSync } from "node:zlib";
import { onDisk, removeAll, writeChunks } from "../../load/dataset/mod.ts";
import { SourceError } from "../../common/errors.ts";
import type { LandedFile } from "../../extract/landed/landed.ts";
import { readLanded } from "../../extract/landed/landed_pages.ts";
import { RULES_VERSION } from "../../transform/validate/rules_version.ts";
import type { PageLines } from "./page_lines.ts";

export interface LandedFileResult extends LandedFile {
  readonly people: number;
  readonly bytes: number;
  /** Whether it existed before. */
  readonly kept: boolean;
}

/** For 50,000 people, level 1 is 6% larger and level 6 takes twice as long. */
const LEVEL = 3;

const PARTIAL = ".partial";

/** Finds an existing file that is complete and has the same run and rules. */
export async function wholeFile(
  file: LandedFile,
  run: string,
): Promise<LandedFileResult | undefined> {
  try {
    const { size } = await Deno.stat(file.path);
    let people = 0;
    for await (const page of readLanded(file)) {
      if (page.run !== run || page.schema !== RULES_VERSION) return undefined;
      for (const _ of page.people) people++;
    }
    return { ...file, people, bytes: size, kept: true };
  } catch (error) {
    if (error instanceof SourceError || error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function removePartial(path: string): Promise<void> {
  const [, folder = ".", name = path] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  for await (const other of Deno.readDir(folder)) {
    const isPart = other.name.startsWith(name) && other.name.endsWith(PARTIAL);
    if (isPart) await removeAll(`${folder}/${other.name}`);
  }
}

/** Writes a file in gzip members of one page each; its partial name is unique for each writer. */
export async function writeLanded(
  file: LandedFile,
  pages: AsyncIterable<PageLines>,
): Promise<LandedFileResult> {
  await removePartial(file.path);
  const partial = `${file.path}.${crypto.randomUUID().slice(0, 8)}${PARTIAL}`;
  let [people, bytes] = [0, 0];
  async function* members() {
    for await (const { bytes: lines, results } of pages) {
      const member = gzipSync(lines, { level: LEVEL });
      people += results;
      bytes += member.length;
      yield member;
    }
  }
  await writeChunks(partial, members());
  await onDisk(file.path, () => Deno.rename(partial, file.path));
  return { ...file, people, bytes, kept: false };
}
