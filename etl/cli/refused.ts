import { UsageError } from "../common/errors.ts";
import { pathFrom, slashed, standing } from "../common/path.ts";
import { TASKS } from "./commands.ts";
import { quoted } from "./shell.ts";

// Returns the longest path that contains the refused one: a permission covers a whole folder.
function grantedFor(refused: string, args: readonly string[]): string {
  const paths = args.map((arg) =>
    pathFrom(arg.replace(/^--[\w-]+=/, ""), standing()).replace(/\/+$/, "")
  );
  return paths.filter((path) => path !== "" && `${refused}/`.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)[0] ?? refused;
}

/** Whether Deno refused a permission; a refused import is a `TypeError`. */
export function isRefused(error: unknown): error is Error {
  return error instanceof Deno.errors.NotCapable ||
    (error instanceof TypeError && /^Requires \w+ access/.test(error.message));
}

export function refused(error: Error, [task = "", ...args]: readonly string[]): UsageError {
  const [, kind = "", quotedWhat] = /Requires (\w+) access(?: to ("?.*?"?))?(?:, run again|$)/.exec(
    error.message,
  ) ?? [];
  const isPath = quotedWhat?.startsWith('"') ?? false;
  const what = isPath ? slashed(quotedWhat!.slice(1, -1)) : quotedWhat;
  const value = what === undefined ? "" : `=${isPath ? grantedFor(what, args) : what}`;
  const own = TASKS[task]?.command ?? `deno run -P=${task} main.ts ${task}`;
  const command = own.replace(/(?<= )-P=\S+/, `$& ${quoted(`--allow-${kind}${value}`)}`);
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
