import { UsageError } from "../common/errors.ts";
import { typedPath } from "../common/path.ts";
import type { Terminal } from "../common/terminal.ts";
import { readNamed } from "../common/system_fault.ts";
import type { Target } from "../load/database/mod.ts";

const URL_VARIABLE = "DEBR_DATABASE_URL";

const EXAMPLE = "postgres://user:password@host:5432/database, or mysql://…";

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

/** Refuses a password: the process list shows command lines, and `deno task` prints them. */
export function urlOption(text: string): string {
  // Does not parse the URL, because the password may make it malformed.
  if (text.startsWith("@")) return `@${typedPath(text.slice(1))}`;
  if (!/:\/\/.*:.+@/s.test(text)) return text;
  throw new RangeError(
    "it holds a password, which everybody who lists processes can read. " +
      `Put the URL into ${URL_VARIABLE}, or into a file and name that: @file`,
  );
}

/** Imports the database code. Asks for a missing password and keeps it in memory only. */
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
