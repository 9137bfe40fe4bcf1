/**
 * The packages that a task downloads in a new clone: only those it needs, as deno.lock pins them.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { filesUnder, Project } from "../project.ts";
import { temporary } from "../temporary.ts";

/** A task, the packages that it imports, and limits of the download. */
interface Step {
  readonly args: readonly string[];
  readonly imports: readonly string[];
  readonly limits?: { readonly packages: number; readonly bytes: number };
}

const EXTRACT = [
  ...["cli-progress", "fastest-levenshtein", "gunshi", "hyparquet", "hyparquet-writer"],
  ...["p-map", "p-retry", "valibot"],
];

/** The tasks in order; they share one cache, so each lists only its new packages. */
const STEPS: readonly Step[] = [
  {
    args: ["extract", "--source", "sample"],
    imports: EXTRACT,
    limits: { packages: 16, bytes: 15e6 },
  },
  { args: ["verify"], imports: [] },
  {
    args: ["query", "select count(*) from users"],
    imports: ["@duckdb/duckdb-wasm", "apache-arrow", "string-width"],
  },
  { args: ["check"], imports: ["jstat"] },
  { args: ["report"], imports: ["@observablehq/plot", "@viz-js/viz", "linkedom"] },
  { args: ["backup", "--to", "backups"], imports: ["kysely"] },
  {
    args: ["query", "--engine", "native", "select count(*) from users"],
    imports: ["@duckdb/node-api"],
  },
];

interface Locked {
  readonly dependencies?: readonly string[];
  readonly optionalDependencies?: readonly string[];
}

const nameOf = (specifier: string) => specifier.replace(/(?<=.)@.*$/, "");

/** Returns the packages and all their dependencies, without versions. */
function withDependencies(
  names: Iterable<string>,
  npm: Readonly<Record<string, Locked>>,
): Set<string> {
  const all = new Set(names);
  for (const name of all) {
    for (const [key, { dependencies = [], optionalDependencies = [] }] of Object.entries(npm)) {
      if (nameOf(key) !== name) continue;
      for (const next of [...dependencies, ...optionalDependencies]) all.add(nameOf(next));
    }
  }
  return all;
}

/** Returns the downloaded packages and the size of the cache. */
async function downloaded(cache: string) {
  const files = await filesUnder(cache);
  const packages = [...files.keys()].flatMap((path) => {
    const [, name, version] =
      /^npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/(\d[^/]*)\/package\.json$/.exec(path) ?? [];
    return version === undefined ? [] : [{ name: name!, version }];
  });
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return { packages, bytes };
}

Deno.test("in a new clone each task downloads only the packages that it needs", async () => {
  await using project = await Project.copy({ sample: true });
  await using cache = await temporary();
  const { npm } = JSON.parse(await Deno.readTextFile(project.path("deno.lock")));
  const imported: string[] = [];
  for (const { args, imports, limits } of STEPS) {
    const { code, stderr } = await new Deno.Command("deno", {
      args: ["task", ...args],
      cwd: project.path(),
      env: { DENO_DIR: cache.path, INIT_CWD: project.path() },
      stdin: "null",
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    imported.push(...imports);
    const { packages, bytes } = await downloaded(cache.path);
    const expected = withDependencies(imported, npm);
    const names = packages.map(({ name }) => name);
    assertEquals(names.filter((name) => !expected.has(name)), [], args.join(" "));
    assertEquals(
      imports.filter((name) => !names.includes(name)),
      [],
      "imported but not downloaded",
    );
    if (limits === undefined) continue;
    assert(packages.length <= limits.packages, `${packages.length} packages`);
    assert(bytes <= limits.bytes, `${bytes} bytes`);
  }
});
