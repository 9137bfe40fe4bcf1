// Converts paths: debr writes `/` on every system, and users type paths relative to their folder.

const WINDOWS = Deno.build.os === "windows";

/** Avoids `node:path/posix` and `/win32`, because loading them slows the commands' help by half. */
function rulesOf(windows: boolean) {
  const { posix, win32 } = process.getBuiltinModule("node:path");
  return windows ? win32 : posix;
}

/** Replaces backslashes on Windows. On other systems a backslash is part of a name. */
export function slashed(path: string, windows = WINDOWS): string {
  return windows ? path.replaceAll("\\", "/") : path;
}

export function pathOfUrl(url: URL, windows = WINDOWS): string {
  const path = decodeURIComponent(url.pathname);
  if (!windows) return path;
  return url.host === "" ? path.replace(/^\/(?=[A-Za-z]:)/, "") : `//${url.host}${path}`;
}

interface Standing {
  readonly here: string;
  readonly root: string;
  readonly windows: boolean;
}

/** The folder in which tasks run. */
const ROOT = pathOfUrl(new URL("../../", import.meta.url)).replace(/(?<=.)\/$/, "");

/** Returns both folders; `INIT_CWD` is the folder in which the user started the task. */
export function standing(): Standing {
  const descriptor = { name: "env", variable: "INIT_CWD" } as const;
  const told = Deno.permissions.querySync(descriptor).state === "granted" &&
    slashed(Deno.cwd()) === ROOT;
  const here = told ? Deno.env.get("INIT_CWD") : undefined;
  return { here: slashed(here ?? ROOT).replace(/(?<=.)\/$/, ""), root: ROOT, windows: WINDOWS };
}

const typed = new Map<string, string>();

/** Converts a typed path for a program in `root`; unchanged if `here` is `root`. */
export function pathFrom(text: string, { here, root, windows }: Standing): string {
  const path = slashed(text, windows);
  if (here === root) return path;
  const { isAbsolute, join } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(join(here, path), windows);
}

/** Converts a path of the command line, which is relative to the user's folder. */
export function typedPath(text: string): string {
  const path = pathFrom(text, standing());
  if (path !== slashed(text)) {
    typed.set(path.replace(/(?<=.)\/+$/, ""), text.replace(/(?<=.)[\\/]+$/, ""));
  }
  return path;
}

export function typedFolder(text: string): string {
  return typedPath(text).replace(/(?<=.)\/+$/, "");
}

/** Shows paths in a message as typed, except in lists after `=`, which another program reads. */
export function asTyped(message: string): string {
  return message.split(/(?<==|,(?=\S))/).map((piece, at) =>
    [...typed].reduce((text, [path, was]) => {
      const kept = at > 0 && text.startsWith(path) ? path.length : 0;
      return text.slice(0, kept) + text.slice(kept).replaceAll(path, was);
    }, piece)
  ).join("");
}

/** Converts a path to its stored form, which does not depend on the user's folder. */
export function keptPath(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}

export function fromHere(path: string, { here, root, windows } = standing()): string {
  if (here === root) return path;
  const { isAbsolute, join, relative } = rulesOf(windows);
  return isAbsolute(path) ? path : slashed(relative(here, join(root, path)), windows);
}
