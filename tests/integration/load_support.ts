/**
 * Helpers for the tests of `load`: servers, databases and the command.
 *
 * @module
 */
import { assert } from "@std/assert";
import { connect } from "../../etl/load/database/connection/connect.ts";
import type { Database } from "../../etl/load/database/connection/session.ts";
import { parseTarget } from "../../etl/load/database/connection/url.ts";
import { available, PASSWORD, type Server, startMariadb, startPostgres } from "./servers.ts";

/** Sessions use the time zone of New York, so that values that depend on it differ. */
const START = {
  postgres: () => startPostgres(["timezone=America/New_York", "fsync=off"]),
  mysql: () => startMariadb(["--default-time-zone=-05:00", "--innodb-flush-log-at-trx-commit=0"]),
} as const;

/** A kind of server. */
export type Kind = keyof typeof START;

/** The servers that are installed or can be. */
export const KINDS: readonly Kind[] = [
  ...(await available("postgresql") ? ["postgres" as const] : []),
  ...(await available("mariadb-server") ? ["mysql" as const] : []),
];

const servers = new Map<Kind, Server>();

/** Starts the servers. */
export async function startServers(): Promise<void> {
  for (const kind of KINDS) servers.set(kind, await START[kind]());
}

/** Stops the servers. */
export async function stopServers(): Promise<void> {
  for (const server of servers.values()) await server[Symbol.asyncDispose]();
}

/** Returns a started server. */
export function serverOf(kind: Kind): Server {
  return servers.get(kind)!;
}

/** Opens a session. */
export async function session(url: string): Promise<Database> {
  return await connect(await parseTarget(url));
}

let count = 0;

/** Makes an empty database and returns its name and URL. */
export async function newDatabase(kind: Kind): Promise<{ name: string; url: string }> {
  const server = serverOf(kind);
  const name = `people_${++count}`;
  await using admin = await session(server.url("people"));
  await admin.run(`create database ${name}`);
  return { name, url: server.url(name) };
}

/** The output and the exit code of a command. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** The arguments of a command; the URL is passed in the environment. */
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

/** The forms in which the planted password may appear. */
export const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), "pl4nted"] as const;

/** Runs a command and asserts that its output does not contain the password. */
export async function runDebr(name: string, running: Running): Promise<Ended> {
  const { code, stdout, stderr } = await startDebr(name, running).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  for (const secret of SECRETS) {
    assert(!`${out}${err}`.includes(secret), `Expected no password in ${out}${err}`);
  }
  return { status: code, out: out!, err: err! };
}

/** Runs `load` and asserts that its output does not contain the password. */
export async function runLoad(url: string, args: readonly string[]): Promise<Ended> {
  return await runDebr("load", { url, args });
}

/** Resolves when a query returns a row. */
export async function until(database: Database, query: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if ((await database.rows(query)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The query returns no row: ${query}`);
}
