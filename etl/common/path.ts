// Paths as debr writes them: with `/` on every system, and relative to the folder in which a person
// typed them.

const WINDOWS = Deno.build.os === "windows";

/** The rules of paths. An import of them would slow the help of every command by half. */
function rulesOf(windows: boolean) {
  const { posix, win32 } = process.getBuiltinModule("node:path");
  return windows ? win32 : posix;
}

/** Writes a path with `/`, which Windows reads too. Elsewhere a backslash is part of a name. */
export function slashed(path: string, windows = WINDOWS): string {
  return windows ? path.replaceAll("\\", "/") : path;
}

/** Path of a `file:` URL. */
export function pathOfUrl(url: URL, windows = WINDOWS): string {
  const path = decodeURIComponent(url.pathname);
  if (!windows) return path;
  return url.host === "" ? path.replace(/^\/(?=[A-Za-z]:)/, "") : `//${url.host}${path}`;
}

/** The folder a person stands in, the folder debr runs in, and whose rules paths follow. */
interface Standing {
  readonly here: string;
  readonly root: string;
  readonly windows: boolean;
}

/** Folder of the project, where tasks run. */
const ROOT = pathOfUrl(new URL("../../", import.meta.url)).replace(/(?<=.)\/$/, "");

/** Commands run in the folder of the project; `INIT_CWD` says where they were typed. */
export function standing(): Standing {
  const descriptor = { name: "env", variable: "INIT_CWD" } as const;
  const told = Deno.permissions.querySync(descriptor).state === "granted" &&
    slashed(Deno.cwd()) === ROOT;
  const here = told ? Deno.env.get("INIT_CWD") : undefined;
  return { here: slashed(here ?? ROOT).replace(/(?<=.)\/$/, ""), root: ROOT, windows: WINDOWS };
}

/** Paths that were typed elsewhere than in the project's folder, by what they became. */
const typed = new Map<string, string>();

/** The path that a typed one means to a program that runs in `root`: itself where that is `here`. */
export function pathFrom(text: string, { here, root, windows }: Standing): string {
  const path = slashed(text, windows);
  if (here === root) return path;
  const { isAbsolute, join } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(join(here, path), windows);
}

/** Reads a path from the command line. It is relative to the folder in which it was typed. */
export function typedPath(text: string): string {
  const path = pathFrom(text, standing());
  if (path !== slashed(text)) {
    typed.set(path.replace(/(?<=.)\/+$/, ""), text.replace(/(?<=.)[\\/]+$/, ""));
  }
  return path;
}

/** Reads the path of a folder as {@link typedPath} does, without `/` at its end. */
export function typedFolder(text: string): string {
  return typedPath(text).replace(/(?<=.)\/+$/, "");
}

/** Writes paths in a message as the person typed them; after `=` they are for another program. */
export function asTyped(message: string): string {
  return message.split(/(?<==)/).map((piece, at) =>
    [...typed].reduce((text, [path, was]) => {
      const kept = at > 0 && text.startsWith(path) ? path.length : 0;
      return text.slice(0, kept) + text.slice(kept).replaceAll(path, was);
    }, piece)
  ).join("");
}

/** A path as the dataset keeps it: within the project the same wherever it was typed. */
export function keptPath(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}

/** A path that the dataset keeps, as the person would type it. */
export function fromHere(path: string, { here, root, windows } = standing()): string {
  if (here === root) return path;
  const { isAbsolute, join, relative } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(relative(here, join(root, path)), windows);
}
