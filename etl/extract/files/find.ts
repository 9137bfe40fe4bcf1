import { glob } from "node:fs/promises";
import { SourceError } from "../../common/errors.ts";
import { slashed } from "../../common/path.ts";
import { statOf } from "../../common/missing.ts";

const NAME = /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i;

async function listFolder(folder: string): Promise<string[]> {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) files.push(prefix + name);
  }
  return files;
}

async function matching(pattern: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) {
    if ((await statOf(path))?.isFile) paths.push(slashed(path));
  }
  return paths;
}

/** The part of a missing path that a shell would have expanded. */
function unexpanded(path: string): string | undefined {
  const [what] = /(?<=^|[\\/])~(?=[\\/]|$)|%\w+%|\$(?:\w+|\{\w+\}|env:\w+)/i.exec(path) ?? [];
  return what &&
    `${what} is the shell's, which leaves it as it is in quotes: write the folder itself`;
}

async function filesAt(spec: string): Promise<string[]> {
  const info = await statOf(spec);
  if (info && !info.isDirectory) return [spec];
  const found = info ? await listFolder(spec) : await matching(spec);
  const files = found.filter((path) => NAME.test(path)).sort();
  if (files.length > 0) return files;
  throw new SourceError(`Cannot find saved pages at ${JSON.stringify(spec)}`, {
    step: "source",
    next: unexpanded(spec) ?? { code: "no_saved_pages" },
  });
}

/** Finds files in order of source and name, once each; throws a `SourceError` if a source has none. */
export async function findFiles(specs: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const spec of specs) {
    for (const path of await filesAt(spec)) {
      const key = await Deno.realPath(path);
      if (!found.has(key)) found.set(key, path);
    }
  }
  return [...found.values()];
}
