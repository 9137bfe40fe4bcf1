import { UsageError } from "../common/errors.ts";
import { keptPath, pathFrom, slashed, standing } from "../common/path.ts";
import { PERMISSIONS, TASKS } from "./tasks.ts";
import { quoted } from "./shell.ts";

/** Whether Deno refused a permission; a refused import is a `TypeError`. */
export function isRefused(error: unknown): error is Error {
  return error instanceof Deno.errors.NotCapable ||
    (error instanceof TypeError && /^Requires \w+ access/.test(error.message));
}

/** Whether a permission for a folder contains a path. */
function isIn(folder: string, path: string): boolean {
  return folder === "." ? !/^(\/|\.\.|[A-Za-z]:)/.test(path) : `${path}/`.startsWith(`${folder}/`);
}

function hostOf(url: string): string[] {
  return /^https?:/.test(url) && URL.canParse(url) ? [new URL(url).host] : [];
}

interface Refused {
  readonly kind: string;
  readonly what: string;
  readonly isPath: boolean;
}

/** Returns the flags that grant what was refused, and again what earlier flags granted. */
function flags({ kind, what, isPath }: Refused, [task = "", ...args]: readonly string[]): string[] {
  const operands = args.map((arg) => arg.replace(/^--[\w-]+=?/, ""));
  const paths = operands.map((arg) => pathFrom(arg, standing()).replace(/\/+$/, ""))
    .filter((path) => path !== "");
  // The longest path that contains the refused one: a permission covers a whole folder.
  const [longest = what] = paths.filter((path) => isIn(path, what))
    .sort((a, b) => b.length - a.length);
  const value = isPath ? longest : what;
  const values: Record<string, readonly string[]> = {
    [kind]: [],
    read: paths,
    write: paths,
    net: operands.flatMap(hostOf),
  };
  return Object.entries(values).flatMap(([other, all]) => {
    const own = PERMISSIONS[task]?.[other] ?? [];
    if (own === true) return [];
    const list = "allow" in own ? own.allow : own;
    const isOutside = (one: string) => !list.some((entry) => isIn(entry, keptPath(one)));
    const isGranted = (one: string) => {
      const descriptor = { name: other, path: one, host: one } as Deno.PermissionDescriptor;
      return Deno.permissions.querySync(descriptor).state === "granted";
    };
    const more = all.filter((one) => isOutside(one) && isGranted(one));
    // A program that writes to a folder also reads it.
    const isRead = isPath && other === "read" && kind === "write" && isOutside(value);
    if (other === kind || isRead) more.unshift(value);
    if (more.length === 0) return [];
    // A flag replaces the list of the task, which contains debr's own files.
    const before = ["write", "net"].includes(other) ? [] : list;
    return [`--allow-${other}=${[...new Set([...before, ...more])].join(",")}`];
  });
}

export function refused(error: Error, line: readonly string[]): UsageError {
  const [, kind = "", quotedWhat] = /Requires (\w+) access(?: to ("?.*?"?))?(?:, run again|$)/.exec(
    error.message,
  ) ?? [];
  const isPath = quotedWhat?.startsWith('"') ?? false;
  const what = isPath ? slashed(quotedWhat!.slice(1, -1)) : quotedWhat;
  const [task = "", ...args] = line;
  const own = TASKS[task]?.command ?? `deno run -P=${task} main.ts ${task}`;
  const needed = what === undefined ? [`--allow-${kind}`] : flags({ kind, what, isPath }, line);
  const command = own.replace(/(?<= )-P=\S+/, (set) => [set, ...needed.map(quoted)].join(" "));
  const { here, root } = standing();
  const there = here === root ? "" : `cd ${quoted(root)} && INIT_CWD=${quoted(here)} `;
  return new UsageError(
    `Cannot use ${JSON.stringify(what ?? kind)}: the task has no ${kind} permission`,
    {
      step: "permissions",
      next: `Run it with this permission: ${there}${[command, ...args.map(quoted)].join(" ")}`,
      cause: error,
    },
  );
}
