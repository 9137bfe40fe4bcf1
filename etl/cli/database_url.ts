// The URL of a database: from an option, a file or the environment.
import { UsageError } from "../common/errors.ts";
import { typedPath } from "../common/path.ts";
import type { Terminal } from "../common/terminal.ts";
import { readNamed } from "../common/system_fault.ts";
import type { Target } from "../load/database/mod.ts";

/** The environment variable that holds the URL where no option does. */
const URL_VARIABLE = "DEBR_DATABASE_URL";

/** What a URL looks like. */
const EXAMPLE = "postgres://user:password@host:5432/database, or mysql://…";

/** The URL that an option gives: itself, `@file`, or the environment where it is missing. */
export async function findUrl(option: string | undefined): Promise<string> {
  if (option?.startsWith("@")) {
    const next = `Write the URL into it: ${EXAMPLE}`;
    return await readNamed(option.slice(1), { what: "the database URL", step: "url", next });
  }
  const url = option ?? Deno.env.get(URL_VARIABLE);
  if (url !== undefined && url !== "") return url;
  throw new UsageError("Cannot connect: no database is named", {
    step: "url",
    next: `Put ${EXAMPLE} into ${URL_VARIABLE}, or into a file and name that: @file`,
  });
}

/**
 * Takes the value of an option that names a database: a URL, or `@file`. Throws a `RangeError` for
 * a password: what stands on a command line is in the list of processes, and `deno task` prints it.
 */
export function urlOption(text: string): string {
  // Not by taking the URL apart: it may be wrong where the password is.
  if (text.startsWith("@")) return `@${typedPath(text.slice(1))}`;
  if (!/:\/\/.*:.+@/s.test(text)) return text;
  throw new RangeError(
    "it holds a password, which everybody who lists processes can read. " +
      `Put the URL into ${URL_VARIABLE}, or into a file and name that: @file`,
  );
}

/**
 * The database that an option names, `env` being the environment; what knows databases is loaded for
 * it alone. A person at a terminal is asked for the password where the URL has none and the server
 * wants one; it is kept in memory only.
 */
export async function findTarget(
  option: string | undefined,
  terminal?: Pick<Terminal, "askSecret">,
): Promise<Target> {
  const url = await findUrl(option === "env" ? undefined : option);
  const { connect, isPasswordRefused, parseTarget } = await import("../load/database/mod.ts");
  const target = await parseTarget(url);
  if (target.password !== "" || terminal?.askSecret === undefined) return target;
  try {
    await using _ = await connect(target);
  } catch (error) {
    const password = isPasswordRefused(error)
      ? terminal.askSecret(`Password of ${target.label}:`)
      : null;
    if (password !== null) return { ...target, password };
  }
  return target;
}
