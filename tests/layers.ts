/**
 * Which module imports which, as `deno info` sees it.
 *
 * @module
 */

/** Root of the project, with a slash at its end. */
export const ROOT = decodeURIComponent(new URL("../", import.meta.url).pathname);

/** One import. */
export interface Import {
  /** Path of the importing file in the project. */
  readonly from: string;
  /** Path of the imported file, or `npm:<package>`. */
  readonly to: string;
  /** Whether only types are imported. */
  readonly typeOnly: boolean;
}

/** Part of what `deno info --json` prints. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
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
      dependencies.map(({ code, type, specifier: written }) => ({
        from: nameOf(specifier),
        to: nameOf(code?.specifier ?? type?.specifier ?? written),
        typeOnly: code === undefined,
      }))
    );
}

/** The stages in the order data takes; those on one line may use each other. */
export const STAGES: readonly (readonly string[])[] = [
  ["schema"],
  ["ddl"],
  [
    "version",
    "errors",
    "events",
    "duration",
    "effects",
    "terminal",
    "nearest",
    "regex",
    "sha256",
    "utf8",
  ],
  ["source"],
  ["validate"],
  ["normalise"],
  ["page_fetcher"],
  ["random_user"],
  ["write"],
  ["dataset"],
  ["extract"],
  ["load"],
  ["land"],
  ["query"],
  ["docs"],
  ["check"],
  ["report"],
  ["drift"],
  ["backup"],
  ["notify"],
  ["fixture"],
  ["mod"],
  ["commands"],
  ["main"],
];

/** The stage of a file: its folder or name under `etl/`, `schema` or `main`. */
export function stageOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return (first === "etl" ? second : first).replace(/\.ts$/, "");
}

function rank(path: string): number {
  return STAGES.findIndex((stages) => stages.includes(stageOf(path)));
}

const isOurs = (path: string) => path === "main.ts" || /^(schema|etl)\//.test(path);

/** Imports that go against the order of the stages, or whose stage is not in it. */
export function againstOrder(imports: readonly Import[]): Import[] {
  return imports.filter(({ from, to }) =>
    isOurs(from) && isOurs(to) && (rank(from) < rank(to) || rank(from) === -1 || rank(to) === -1)
  );
}

/**
 * Who may import a package beside the one file that is its door: describing data takes Valibot
 * wherever data comes in.
 */
const DOORS: Readonly<Record<string, RegExp>> = {
  "npm:valibot":
    /^(schema\/|etl\/validate\/|etl\/dataset\/manifest\.ts$|etl\/check\/history\.ts$|etl\/(notify\/incident|backup\/manifest)\.ts$)/,
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
