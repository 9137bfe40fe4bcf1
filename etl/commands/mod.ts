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
  "why",
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
  "fixture",
] as const;

/** Loads a command. Its path is put together here: Deno loads at once what it can read in advance. */
async function load(name: typeof NAMES[number]): Promise<Command> {
  const path = `./${name}.ts`;
  return (await import(path))[name];
}

/** The commands; each is loaded when it is named. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = Object.fromEntries(
  NAMES.map((name) => [name, () => load(name)]),
);
