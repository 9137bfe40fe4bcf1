/**
 * The commands by name. `main.ts` runs them; the CLI reference is made from them.
 *
 * @module
 */
import type { Command } from "./command.ts";

const NAMES = [
  "extract",
  "query",
  "check",
  "report",
  "lineage",
  "verify",
  "rejects",
  "forget",
  "load",
  "drift",
  "backup",
  "restore",
  "land",
  "notify",
  "docs",
  "sample",
  "mock-api",
] as const;

/** Loads a command. Its path is put together here: Deno loads at once what it can read in advance. */
async function load(name: typeof NAMES[number]): Promise<Command> {
  const path = `./${name.replaceAll("-", "_")}.ts`;
  return (await import(path))[name === "mock-api" ? "mockApi" : name];
}

/** The commands; each is loaded when it is named. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = Object.fromEntries(
  NAMES.map((name) => [name, () => load(name)]),
);

/** What commands were called before 0.2.0, and what they are called now. */
export const RENAMED: Readonly<Record<string, string>> = { why: "lineage", fixture: "mock-api" };
