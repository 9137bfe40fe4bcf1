/**
 * Which module imports which, as `deno info` sees it.
 *
 * @module
 */

/** Root of the project, with a slash at its end. */
import { pathOfUrl } from "../etl/common/path.ts";
export const ROOT = pathOfUrl(new URL("../", import.meta.url));

/** One import. */
export interface Import {
  /** Path of the importing file in the project. */
  readonly from: string;
  /** Path of the imported file, or `npm:<package>`. */
  readonly to: string;
  /** Whether only types are imported. */
  readonly typeOnly: boolean;
  /** Whether it is an `import()`, which waits until it is needed. */
  readonly isLazy?: boolean;
}

/** Part of what `deno info --json` prints. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

const PREFIX = new URL("../", import.meta.url).href;

/** A file by its path in the project, a package by its name without version and file. */
function nameOf(specifier: string): string {
  if (specifier.startsWith(PREFIX)) return specifier.slice(PREFIX.length);
  const [, name] = /^npm:\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier) ?? [];
  return name === undefined ? specifier : `npm:${name}`;
}

/** All imports of the modules that an entry point needs, its dynamic ones among them. */
export async function importsOf(entry: string): Promise<Import[]> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["info", "--json", entry],
    cwd: ROOT,
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  const { modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
  return modules.filter(({ specifier }) => specifier.startsWith(PREFIX))
    .flatMap(({ specifier, dependencies = [] }) =>
      dependencies.map(({ code, type, specifier: written, isDynamic = false }) => ({
        from: nameOf(specifier),
        to: nameOf(code?.specifier ?? type?.specifier ?? written),
        typeOnly: code === undefined,
        isLazy: isDynamic,
      }))
    );
}

/** The rooms of the house, from the lowest to the highest: an import goes to a room before its own. */
export const ROOMS: readonly string[] = [
  "common",
  "schema",
  "extract",
  "transform",
  "load",
  "random_user",
  "run",
  "query",
  "quality",
  "report",
  "backup",
  "alert",
  "generate",
  "mock_api",
  "mod",
  "cli",
  "main",
];

/** Rooms side by side, and the two doors between them. */
const SIDE_BY_SIDE: readonly string[] = ["query", "quality", "report", "backup", "alert"];
const DOORS_BETWEEN: readonly string[] = ["report -> query", "quality -> query"];

/** The room of a file: its folder or name under `etl/`, `schema` or `main`. */
export function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return (first === "etl" ? second : first).replace(/\.ts$/, "");
}

const isOurs = (path: string) => path === "main.ts" || /^(schema|etl)\//.test(path);

/** What an import breaks, in words, with the way out; `undefined` where it goes to a room below. */
function wayOut({ from, to }: Import): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  const [low, high] = [ROOMS.indexOf(there), ROOMS.indexOf(here)];
  if (low === -1 || high === -1) {
    return `room ${low === -1 ? there : here} is not in ROOMS: add it to tests/layers.ts`;
  }
  if (low > high) return `${there} is above ${here}: move what both need below, or hand it in`;
  const isSideways = here !== there &&
    [here, there].every((room) => SIDE_BY_SIDE.includes(room)) &&
    !DOORS_BETWEEN.includes(`${here} -> ${there}`);
  return isSideways
    ? `${here} and ${there} do not know each other: move what both need below`
    : undefined;
}

/** Imports that go against the order of the rooms, each with the way out. */
export function againstOrder(imports: readonly Import[]): string[] {
  return imports.filter(({ from, to }) => isOurs(from) && isOurs(to)).flatMap((one) => {
    const way = wayOut(one);
    return way === undefined ? [] : [`${one.from} imports ${one.to}: ${way}`];
  });
}

/** A way from a file back to itself; `undefined` where there is none. */
function wayBack(file: string, to: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const ways = [[file]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of to.get(way.at(-1)!) ?? []) {
      if (next === file) return [...way, file];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** Circles of imports, types included, the shortest through each file, each with the way out. */
export function circles(imports: readonly Import[]): string[] {
  const to = new Map<string, Set<string>>();
  for (const one of imports.filter(({ from, to }) => isOurs(from) && isOurs(to))) {
    to.set(one.from, (to.get(one.from) ?? new Set()).add(one.to));
  }
  const found = new Map<string, string>();
  for (const file of [...to.keys()].sort()) {
    const way = wayBack(file, to);
    if (way === undefined) continue;
    const key = [...new Set(way)].sort().join();
    const text = `${way.join(" -> ")}: move what they share to a file of its own, or hand it in`;
    if (!found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}

/**
 * Who may import a package beside the one file that is its door: describing data takes Valibot
 * wherever data comes in.
 */
const DOORS: Readonly<Record<string, RegExp>> = {
  "npm:valibot":
    /^(schema\/|etl\/transform\/validate\/|etl\/extract\/pages\/|etl\/load\/dataset\/(manifest|check_history)\.ts$|etl\/(alert\/incident|backup\/manifest)\.ts$)/,
};

/** Packages with more than one door, and the files that import them. Types may be imported anywhere. */
export function extraDoors(imports: readonly Import[]): [string, string[]][] {
  const doors = new Map<string, Set<string>>();
  for (const { from, to, typeOnly } of imports) {
    if (!to.startsWith("npm:") || typeOnly || DOORS[to]?.test(from)) continue;
    doors.set(to, (doors.get(to) ?? new Set()).add(from));
  }
  return [...doors].map(([to, files]): [string, string[]] => [to, [...files]])
    .filter(([to, files]) => files.length > (to in DOORS ? 0 : 1));
}

/** Files that a folder may have before others know it by its `mod.ts` alone. */
const FEW = 8;

/** Rooms with a face although their files are in folders of their own. */
const FACED: readonly string[] = ["etl/load/database"];

/** A shelf of single tools, which nobody needs all of. */
const FACELESS: readonly string[] = ["etl/common"];

/**
 * Imports that go past a face: `--help` of a command names formats and engines and waits for no more,
 * the first row of a query would wait for all that writes datasets, and the author of an expectation
 * needs only what it is made of.
 */
const PAST: readonly string[] = [
  "etl/cli/query.ts imports etl/query/options.ts",
  "etl/cli/report.ts imports etl/query/options.ts",
  "etl/quality/mod.ts imports etl/quality/check/expectation.ts",
];

/**
 * Imports of a file of a room that has a face, from outside of it, types included. An `import()` may
 * name a file: it is there to load no more than that.
 */
export function pastTheFace(imports: readonly Import[]): string[] {
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]).filter(isOurs));
  const folders = Map.groupBy(files, (path) => path.slice(0, path.lastIndexOf("/")));
  const large = [...folders].filter(([, { length }]) => length > FEW).map(([folder]) => folder);
  const rooms = [...FACED, ...large.filter((folder) => !FACELESS.includes(folder))];
  return imports.filter(({ isLazy }) => isLazy !== true).flatMap(({ from, to }) => {
    const text = `${from} imports ${to}`;
    const room = rooms.find((room) =>
      FACED.includes(room)
        ? to.startsWith(`${room}/`)
        : to.startsWith(`${room}/`) && !to.slice(room.length + 1).includes("/")
    );
    if (room === undefined || from.startsWith(`${room}/`) || to === `${room}/mod.ts`) return [];
    if (!isOurs(from) || PAST.includes(text)) return [];
    return [`${text}: import ${room}/mod.ts, and export there what is missing`];
  });
}

/**
 * Who may name tasks and flags beside etl/cli: what documents the commands or says in a file that it
 * wrote which command did, and what runs programs that have flags of their own.
 */
const SPEAKERS: Readonly<Record<string, RegExp>> = {
  "deno task":
    /^main\.ts$|^etl\/(cli\/|generate\/|(report\/(page|sections\/expectations)|quality\/drift\/valibot\/module)\.ts$)/,
  "--":
    /^main\.ts$|^etl\/(cli\/|generate\/|(backup\/(dump|tools)|load\/database\/dump\/\w+|report\/(draw|style|sections\/\w+)|quality\/drift\/valibot\/module)\.ts$)/,
};

/** Whether a file names a task or a flag of debr, which only etl/cli does. */
export function speaksOfCli(text: string, path: string): boolean {
  const names = {
    "deno task": /deno task/,
    "--": /(^|["'`\s(])--[a-z][a-z-]*(?![\w-]* ?(===|[=<>]))/m,
  };
  return Object.entries(names).some(([what, name]) =>
    name.test(text) && !SPEAKERS[what]!.test(path)
  );
}
