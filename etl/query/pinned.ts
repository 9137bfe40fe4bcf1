// DuckDB opens paths for each statement, but a commit replaces files. An open file stays the same.
import { closeSync, openSync } from "node:fs";
import { MANIFEST } from "../load/dataset/mod.ts";
import type { Parts } from "./engine.ts";
import { AGAIN, unreadable } from "./errors.ts";

/** The names that a commit gives the tables' folder, in order. */
const FOLDERS = ["tables", ".tables.next", ".tables.previous"];

function nameOf(file: number): string {
  return `/proc/self/fd/${file}`;
}

/** Lists the paths where a table file can be until it is removed. */
function placesOf(path: string): string[] {
  const real = Deno.realPathSync(path);
  const [, root, name] = /^(.*)\/[^/]+\/([^/]+\/[^/]+)$/.exec(real) ?? [];
  return [real, ...FOLDERS.map((folder) => `${root}/${folder}/${name}`)];
}

function openAll(paths: readonly string[]): number[] {
  return paths.map((path) => openSync(path, "r"));
}

// Opens debr's parts and names them by their open files (`byFile`), which only Linux supports.
// Parts of other engines keep their paths, which may hold values. `allow` resolves existing paths
// but not those of removed files, so it gets the names before the files are opened.
export async function pin(
  tables: readonly Parts[],
  { allow, byFile = Deno.build.os === "linux" }: {
    allow: (paths: readonly string[]) => Promise<void>;
    byFile: boolean | undefined;
  },
) {
  const others = tables.filter(({ foreign }) => foreign || !byFile);
  const [replaced] = others.filter(({ foreign }) => !foreign).flatMap(({ paths }) => paths);
  const manifest = replaced?.replace(/[^/]+\/[^/]+$/, MANIFEST);
  const paths = tables.filter((part) => !others.includes(part)).flatMap(({ paths }) => paths);
  const plain = others.flatMap(({ paths }) => paths);
  for (;;) {
    const expected = openAll(paths);
    expected.forEach((file) => closeSync(file));
    await allow([...plain, ...expected.map(nameOf), ...paths.flatMap(placesOf)]);
    const files = openAll(paths);
    const close = () => files.forEach((file) => closeSync(file));
    if (!files.every((file, at) => file === expected[at])) {
      // Another thread opened a file meanwhile.
      close();
      continue;
    }
    const names = new Map(paths.map((path, at) => [path, nameOf(files[at]!)]));
    const known = new Map([...names].map(([path, name]) => [name, path]));
    return {
      close,
      tables: tables.map((part) => ({
        ...part,
        paths: part.paths.map((path) => names.get(path) ?? path),
      })),
      rename: (text: string) =>
        text.replaceAll(/\/proc\/self\/fd\/\d+/g, (name) => known.get(name) ?? name),
      requireSteady: await watch(manifest),
    };
  }
}

/** Returns a check that throws once a run has replaced the parts that are read by their paths. */
async function watch(manifest: string | undefined) {
  if (manifest === undefined) return async () => {};
  const opened = await Deno.readTextFile(manifest);
  return async () => {
    if (await Deno.readTextFile(manifest).catch(() => undefined) === opened) return;
    throw unreadable("a run has replaced its tables meanwhile", AGAIN);
  };
}
