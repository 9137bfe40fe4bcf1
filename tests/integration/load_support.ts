/**
 * What tests of loading share: servers, databases of their own, and the command.
 *
 * @module
 */
import { assert } from "@std/assert";
import { connect } from "../../etl/load/database/connection/connect.ts";
import type { Database } from "../../etl/load/database/connection/session.ts";
import { parseTarget } from "../../etl/load/database/connection/url.ts";
import { available, PASSWORD, type Server, startMariadb, startPostgres } from "./servers.ts";

/** Sessions are in New York, so that values which depend on the session's time zone show it. */
const START = {
  postgres: () => startPostgres(["timezone=America/New_York", "fsync=off"]),
  mysql: () => startMariadb(["--default-time-zone=-05:00", "--innodb-flush-log-at-trx-commit=0"]),
} as const;

/** A server that tests load into. */
export type Kind = keyof typeof START;

/** The servers that are installed, or could be. */
export const KINDS: readonly Kind[] = [
  ...(await available("postgresql") ? ["postgres" as const] : []),
  ...(await available("mariadb-server") ? ["mysql" as const] : []),
];

const servers = new Map<Kind, Server>();

/** Starts the servers. */
export async function startServers(): Promise<void> {
  for (const kind of KINDS) servers.set(kind, await START[kind]());
}

/** Stops them. */
export async function stopServers(): Promise<void> {
  for (const server of servers.values()) await server[Symbol.asyncDispose]();
}

/** A server that was started. */
export function serverOf(kind: Kind): Server {
  return servers.get(kind)!;
}

/** Opens a session. */
export async function session(url: string): Promise<Database> {
  return await connect(await parseTarget(url));
}

let count = 0;

/** Makes an empty database and gives its URL. */
export async function newDatabase(kind: Kind): Promise<{ name: string; url: string }> {
  const server = serverOf(kind);
  const name = `people_${++count}`;
  await using admin = await session(server.url("people"));
  await admin.run(`create database ${name}`);
  return { name, url: server.url(name) };
}

/** What a run of the command said. */
export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** What a command is run with: the URL comes from the environment. */
export interface Running {
  readonly url: string;
  readonly args?: readonly string[];
}

/** Starts a command as `deno task` does. */
export function startDebr(name: string, { url, args = [] }: Running): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", `-P=${name}`, "main.ts", name, ...args],
    env: { DEBR_DATABASE_URL: url, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Starts `load`. */
export function startLoad(url: string, args: readonly string[]): Deno.ChildProcess {
  return startDebr("load", { url, args });
}

/** The forms in which the planted password could appear. */
export const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), "pl4nted"] as const;

/** Runs a command to its end; fails if it says the password. */
export async function runDebr(name: string, running: Running): Promise<Said> {
  const { code, stdout, stderr } = await startDebr(name, running).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  for (const secret of SECRETS) {
    assert(!`${out}${err}`.includes(secret), `Expected no password in ${out}${err}`);
  }
  return { status: code, out: out!, err: err! };
}

/** Runs `load` to its end; fails if it says the password. */
export async function runLoad(url: string, args: readonly string[]): Promise<Said> {
  return await runDebr("load", { url, args });
}

/** Resolves once a query gives a row. */
export async function until(database: Database, query: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if ((await database.rows(query)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Cannot see a row: ${query}`);
}
