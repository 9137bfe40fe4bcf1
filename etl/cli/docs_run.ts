/**
 * What `deno task docs` does.
 *
 * @module
 */
import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { renewFiles, staleFiles } from "../generate/files.ts";
import { type CommandHelp, generateDocs } from "../generate/mod.ts";
import { DriftError } from "../common/errors.ts";
import { COMMANDS } from "./mod.ts";
import { helpText } from "./parse.ts";

/** The help of every command. */
async function commandHelp(): Promise<readonly CommandHelp[]> {
  return await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => ({
      name,
      help: await helpText(await load()),
    })),
  );
}

async function compare(root: string) {
  const tables = TABLE_NAMES.map((name) => TABLES[name]);
  const files = await generateDocs({ tables, commands: await commandHelp() });
  return { stale: await staleFiles(root, files), total: Object.keys(files).length };
}

/**
 * Compares the documents in the project's folder with what would be generated; returns what to print.
 * Throws a `DriftError` that names those that differ.
 */
export async function checkDocs(root: string): Promise<string> {
  const { stale, total } = await compare(root);
  if (stale.length === 0) return `All ${total} generated files are fresh\n`;
  const names = stale.map(({ path }) => `\n  ${path}`).join("");
  throw new DriftError(`Found ${stale.length} stale of ${total} generated files:${names}`, {
    step: "docs",
    next: "Run: deno task docs",
  });
}

/** Writes the documents that are stale; returns what to print. */
export async function writeDocs(root: string): Promise<string> {
  const { stale, total } = await compare(root);
  await renewFiles(root, stale);
  const lines = stale.map(({ path, bytes }) =>
    `  ${path}${bytes === undefined ? " removed" : ""}\n`
  );
  return `${stale.length} of ${total} generated files were stale\n${lines.join("")}`;
}
