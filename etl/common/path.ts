// Paths as debr writes them: with `/` on every system, relative to the folder in which a person
// typed them.

const WINDOWS = Deno.build.os === "windows";

/** Not imported from `node:path/posix` and `/win32`, which would slow the help of commands by half. */
function rulesOf(windows: boolean) {
  const { posix, win32 } = process.getBuiltinModule("node:path");
  return windows ? win32 : posix;
}

/** Windows reads `/` too. Elsewhere a backslash is part of a name. */
export function slashed(path: string, windows = WINDOWS): string {
  return windows ? path.replaceAll("\\", "/") : path;
}

export function pathOfUrl(url: URL, windows = WINDOWS): string {
  const path = decodeURIComponent(url.pathname);
  if (!windows) return path;
  return url.host === "" ? path.replace(/^\/(?=[A-Za-z]:)/, "") : `//${url.host}${path}`;
}

/** The person's folder, debr's folder, and the system's path rules. */
interface Standing {
  readonly here: string;
  readonly root: string;
  readonly windows: boolean;
}

/** Where tasks run. */
const ROOT = pathOfUrl(new URL("../../", import.meta.url)).replace(/(?<=.)\/$/, "");

/** Tasks run in the project's folder; `INIT_CWD` is where they were typed. */
export function standing(): Standing {
  const descriptor = { name: "env", variable: "INIT_CWD" } as const;
  const told = Deno.permissions.querySync(descriptor).state === "granted" &&
    slashed(Deno.cwd()) === ROOT;
  const here = told ? Deno.env.get("INIT_CWD") : undefined;
  return { here: slashed(here ?? ROOT).replace(/(?<=.)\/$/, ""), root: ROOT, windows: WINDOWS };
}

/** By the paths that debr made of them. */
const typed = new Map<string, string>();

/** A typed path for a program in `root`; unchanged where that is `here`. */
export function pathFrom(text: string, { here, root, windows }: Standing): string {
  const path = slashed(text, windows);
  if (here === root) return path;
  const { isAbsolute, join } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(join(here, path), windows);
}

/** A path of the command line, relative to the folder in which it was typed. */
export function typedPath(text: string): string {
  const path = pathFrom(text, standing());
  if (path !== slashed(text)) {
    typed.set(path.replace(/(?<=.)\/+$/, ""), text.replace(/(?<=.)[\\/]+$/, ""));
  }
  return path;
}

/** The same without `/` at its end. */
export function typedFolder(text: string): string {
  return typedPath(text).replace(/(?<=.)\/+$/, "");
}

/** Paths in messages appear as typed; after `=` they are for another program. */
export function asTyped(message: string): string {
  return message.split(/(?<==)/).map((piece, at) =>
    [...typed].reduce((text, [path, was]) => {
      const kept = at > 0 && text.startsWith(path) ? path.length : 0;
      return text.slice(0, kept) + text.slice(kept).replaceAll(path, was);
    }, piece)
  ).join("");
}

/** Paths within the project are stored the same wherever they were typed. */
export function keptPath(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}

/** A stored path as the person would type it. */
export function fromHere(path: string, { here, root, windows } = standing()): string {
  if (here === root) return path;
  const { isAbsolute, join, relative } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(relative(here, join(root, path)), windows);
}
