// What `deno task docs` does.
import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { type CommandHelp, generateDocs, renewFiles, staleFiles } from "../generate/mod.ts";
import { DriftError, EXIT } from "../common/errors.ts";
import type { Command, Run } from "./command.ts";
import type { docs } from "./docs.ts";
import { helpText } from "./parse.ts";

/** The commands by name, each imported on demand. */
type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** The help of every command. */
async function commandHelp(commands: Commands): Promise<readonly CommandHelp[]> {
  return await Promise.all(
    Object.entries(commands).map(async ([name, load]) => ({
      name,
      help: await helpText(await load()),
    })),
  );
}

async function compare(root: string, commands: Commands) {
  const tables = TABLE_NAMES.map((name) => TABLES[name]);
  const files = await generateDocs({ tables, commands: await commandHelp(commands) });
  return { stale: await staleFiles(root, files), total: Object.keys(files).length };
}

/**
 * Compares the documents in the project's folder with what would be generated; returns what to print.
 * Throws a `DriftError` that names those that differ.
 */
export async function checkDocs(root: string, commands: Commands): Promise<string> {
  const { stale, total } = await compare(root, commands);
  if (stale.length === 0) return `All ${total} generated files are fresh\n`;
  const names = stale.map(({ path }) => `\n  ${path}`).join("");
  throw new DriftError(`Found ${stale.length} stale of ${total} generated files:${names}`, {
    step: "docs",
    next: "Run: deno task docs",
  });
}

/** Writes the documents that are stale; returns what to print. */
export async function writeDocs(root: string, commands: Commands): Promise<string> {
  const { stale, total } = await compare(root, commands);
  await renewFiles(root, stale);
  const lines = stale.map(({ path, bytes }) =>
    `  ${path}${bytes === undefined ? " removed" : ""}\n`
  );
  return `${stale.length} of ${total} generated files were stale\n${lines.join("")}`;
}

/** The work of `docs`, given the commands that the CLI reference describes. */
export function runDocs(commands: Commands): Run<typeof docs["args"]> {
  return async ({ check }, { terminal }) => {
    terminal.err(await (check ? checkDocs(".", commands) : writeDocs(".", commands)));
    return EXIT.done;
  };
}
