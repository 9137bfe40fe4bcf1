/**
 * Rules for imports between the rooms of the project, checked on the output of `deno info`.
 *
 * @module
 */

/** Root of the project, with a trailing slash. */
import { pathOfUrl } from "../etl/common/path.ts";
export const ROOT = pathOfUrl(new URL("../", import.meta.url));

/** One import. */
export interface Import {
  /** Path of the importing file in the project. */
  readonly from: string;
  /** Path of the imported file, or `npm:<package>`. */
  readonly to: string;
  /** Whether it imports only types. */
  readonly typeOnly: boolean;
  /** Whether it is an `import()`, which loads the file when it is needed. */
  readonly isLazy?: boolean;
}

/** Part of the output of `deno info --json`. */
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

/** Returns the path of a file in the project, or the name of a package without version and file. */
function nameOf(specifier: string): string {
  if (specifier.startsWith(PREFIX)) return specifier.slice(PREFIX.length);
  const [, name] = /^npm:\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier) ?? [];
  return name === undefined ? specifier : `npm:${name}`;
}

/** Lists all imports of the modules of an entry point, including dynamic ones. */
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

/** The rooms from the lowest to the highest; a room imports only rooms before it. */
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

/** Rooms on the same level, and the two allowed imports between them. */
const SIDE_BY_SIDE: readonly string[] = ["query", "quality", "report", "backup", "alert"];
const ALLOWED_SIDEWAYS: readonly string[] = ["report -> query", "quality -> query"];

/** Returns the room of a file: its folder or name under `etl/`, `schema` or `main`. */
export function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return (first === "etl" ? second : first).replace(/\.ts$/, "");
}

const isOurs = (path: string) => path === "main.ts" || /^(schema|etl)\//.test(path);

/** Describes the rule that an import breaks and the fix; `undefined` if it breaks none. */
function violation({ from, to }: Import): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  const [low, high] = [ROOMS.indexOf(there), ROOMS.indexOf(here)];
  if (low === -1 || high === -1) {
    return `room ${low === -1 ? there : here} is not in ROOMS: add it to tests/layers.ts`;
  }
  if (low > high) return `${there} is above ${here}: move what both need below, or pass it in`;
  const isSideways = here !== there &&
    [here, there].every((room) => SIDE_BY_SIDE.includes(room)) &&
    !ALLOWED_SIDEWAYS.includes(`${here} -> ${there}`);
  return isSideways
    ? `${here} and ${there} do not import each other: move what both need below`
    : undefined;
}

/** Lists imports that break the order of the rooms, each with the fix. */
export function againstOrder(imports: readonly Import[]): string[] {
  return imports.filter(({ from, to }) => isOurs(from) && isOurs(to)).flatMap((one) => {
    const broken = violation(one);
    return broken === undefined ? [] : [`${one.from} imports ${one.to}: ${broken}`];
  });
}

/** Finds the shortest cycle through a file; `undefined` if there is none. */
function cycleOf(file: string, to: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const paths = [[file]];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const next of to.get(path.at(-1)!) ?? []) {
      if (next === file) return [...path, file];
      if (seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return undefined;
}

/** Lists cycles of imports, including types: the shortest through each file, with the fix. */
export function cycles(imports: readonly Import[]): string[] {
  const to = new Map<string, Set<string>>();
  for (const one of imports.filter(({ from, to }) => isOurs(from) && isOurs(to))) {
    to.set(one.from, (to.get(one.from) ?? new Set()).add(one.to));
  }
  const found = new Map<string, string>();
  for (const file of [...to.keys()].sort()) {
    const cycle = cycleOf(file, to);
    if (cycle === undefined) continue;
    const key = [...new Set(cycle)].sort().join();
    const text = `${cycle.join(" -> ")}: move what they share to a new file, or pass it in`;
    if (!found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}

/**
 * The files that may import a package; only one file may import a package that is not listed. Valibot
 * describes data wherever data comes in.
 */
const IMPORTERS: Readonly<Record<string, RegExp>> = {
  "npm:valibot":
    /^(schema\/|etl\/transform\/validate\/|etl\/extract\/pages\/|etl\/load\/dataset\/(manifest|history)\.ts$|etl\/(alert\/incident|backup\/manifest|quality\/check\/custom)\.ts$)/,
};

/** Lists packages that several files import, with the fix. Any file may import types. */
export function sharedPackages(imports: readonly Import[]): string[] {
  const importers = new Map<string, Set<string>>();
  for (const { from, to, typeOnly } of imports) {
    if (!to.startsWith("npm:") || typeOnly || IMPORTERS[to]?.test(from)) continue;
    importers.set(to, (importers.get(to) ?? new Set()).add(from));
  }
  return [...importers].filter(([to, files]) => files.size > (to in IMPORTERS ? 0 : 1))
    .map(([to, files]) => {
      const way = to in IMPORTERS ? "only files in IMPORTERS may" : "use it through one of them";
      return `${[...files].join(" and ")} import${files.size === 1 ? "s" : ""} ${to}: ${way}`;
    });
}

/** Lists imports of the byte scanner that bind the code to it, with the fix. */
export function scannerImports(imports: readonly Import[]): string[] {
  const [inside, door] = ["etl/transform/validate/fast/", "etl/run/open_pages.ts"];
  return imports.filter(({ from, to, isLazy }) =>
    to.startsWith(inside) && !from.startsWith(inside) && (from !== door || isLazy !== true)
  ).map(({ from, to }) => `${from} imports ${to}: only import() in ${door} may, so pass it in`);
}

/** A folder with more files than this is imported only through its `mod.ts`. */
const LIMIT = 8;

/** Rooms that are imported through their `mod.ts` although their files are in subfolders. */
const WITH_MOD: readonly string[] = ["etl/load/database"];

/** Folders of independent tools without a `mod.ts`. */
const WITHOUT_MOD: readonly string[] = ["etl/common"];

/**
 * Allowed imports past a `mod.ts`, because they load less: `--help` needs only the names of formats and
 * engines, and an expectation needs only its types.
 */
const ALLOWED_PAST_MOD: readonly string[] = [
  "etl/cli/query.ts imports etl/query/options.ts",
  "etl/cli/options.ts imports etl/query/options.ts",
  "etl/quality/mod.ts imports etl/quality/check/expectation.ts",
];

/**
 * Lists imports from outside a room that bypass its `mod.ts`, including types. An `import()` may name a
 * file, because its purpose is to load less.
 */
export function pastMod(imports: readonly Import[]): string[] {
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]).filter(isOurs));
  const folders = Map.groupBy(files, (path) => path.slice(0, path.lastIndexOf("/")));
  const large = [...folders].filter(([, { length }]) => length > LIMIT).map(([path]) => path);
  const rooms = [...WITH_MOD, ...large.filter((folder) => !WITHOUT_MOD.includes(folder))];
  return imports.filter(({ isLazy }) => isLazy !== true).flatMap(({ from, to }) => {
    const text = `${from} imports ${to}`;
    const room = rooms.find((room) =>
      WITH_MOD.includes(room)
        ? to.startsWith(`${room}/`)
        : to.startsWith(`${room}/`) && !to.slice(room.length + 1).includes("/")
    );
    if (room === undefined || from.startsWith(`${room}/`) || to === `${room}/mod.ts`) return [];
    if (!isOurs(from) || ALLOWED_PAST_MOD.includes(text)) return [];
    return [`${text}: import ${room}/mod.ts, and export there what is missing`];
  });
}

/**
 * Files outside etl/cli that may name tasks and flags: they document commands, name the command in a
 * file that they write, or run other programs with flags.
 */
const MAY_NAME_CLI: Readonly<Record<string, RegExp>> = {
  "deno task":
    /^main\.ts$|^etl\/(cli\/|generate\/|(report\/(mod|sections\/quality)|quality\/drift\/valibot\/module)\.ts$)/,
  "--":
    /^main\.ts$|^etl\/(cli\/|generate\/|(backup\/(dump|tools)|load\/database\/dump\/\w+|report\/(draw|style|sections\/\w+)|quality\/drift\/valibot\/module)\.ts$)/,
};

/** Whether a file names a task or a flag of debr although only etl/cli may. */
export function namesCli(text: string, path: string): boolean {
  const names = {
    "deno task": /deno task/,
    "--": /(^|["'`\s(])--[a-z][a-z-]*(?![\w-]* ?(===|[=<>]))/m,
  };
  return Object.entries(names).some(([what, name]) =>
    name.test(text) && !MAY_NAME_CLI[what]!.test(path)
  );
}
