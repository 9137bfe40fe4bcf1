/**
 * Runs commands in this process as users who lack rights, and the grants that the errors suggest.
 *
 * @module
 */
import { assert } from "@std/assert";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { parseCommand } from "../../etl/cli/parse.ts";
import { DebrError } from "../../etl/common/errors.ts";
import { nextOf } from "../next.ts";
import { type Kind, SECRETS, serverOf, session } from "./load_support.ts";

/** The password of all users that {@link newUser} makes. */
const WEAK = "w3ak-pl4nted";

const REMEDY = /^As an administrator, run: (.*)$/;

/** A database user, and the file with the user's URL. */
export interface Person {
  readonly kind: Kind;
  readonly database: string;
  readonly user: string;
  readonly urlFile: string;
}

let count = 0;

/** Makes a user with only these grants. */
export async function newUser(
  { kind, database, folder }: {
    readonly kind: Kind;
    readonly database: string;
    readonly folder: string;
  },
  grants: (user: string, kind: Kind) => readonly string[] = () => [],
): Promise<Person> {
  const user = `u_${++count}`;
  await using admin = await session(serverOf(kind).url(database));
  await admin.run(
    kind === "postgres"
      ? `create role ${user} login password '${WEAK}'`
      : `create user ${user}@'%' identified by '${WEAK}'`,
  );
  for (const grant of grants(user, kind)) await admin.run(grant);
  const urlFile = `${folder}/${user}`;
  await Deno.writeTextFile(urlFile, serverOf(kind).url(database, user, WEAK));
  return { kind, database, user, urlFile };
}

/** Runs a command and returns its output, error and next step. */
async function runHere(name: string, args: readonly string[]) {
  let output = "";
  const write = (text: string | Uint8Array) => void (output += text);
  const terminal = {
    ...{ out: write, err: write, input: new ReadableStream<Uint8Array>(), color: false },
    ...{ isTerminal: { in: false, out: false, err: false }, columns: () => 80 },
  };
  const command = await COMMANDS[name]!();
  const { values, positionals } = await parseCommand(command, args);
  const context = { terminal, positionals, signal: new AbortController().signal };
  let next = "";
  const status = await command.run(values, context).catch((error) => {
    if (!(error instanceof DebrError)) throw error;
    output += error.message;
    next = nextOf(error);
    return error.status;
  });
  for (const secret of [...SECRETS, WEAK]) {
    assert(!`${output}${next}`.includes(secret), `Expected no password in ${output}${next}`);
  }
  return { status, output, next };
}

/**
 * Runs a command and each suggested grant until it succeeds. Returns each refusal with its grant, and
 * the last output.
 */
export async function granted(
  { kind, database }: Person,
  [name = "", ...args]: readonly string[],
): Promise<{ readonly refusals: readonly (readonly [string, string])[]; readonly output: string }> {
  const refusals: [string, string][] = [];
  for (;;) {
    const { status, output, next } = await runHere(name, args);
    if (status === 0) return { refusals, output };
    const [, remedy] = REMEDY.exec(next) ?? [];
    assert(status === 7 && remedy !== undefined && refusals.length < 5, `${output}\n${next}`);
    refusals.push([output, remedy]);
    await using admin = await session(serverOf(kind).url(database));
    await admin.run(remedy);
  }
}
