import { TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import {
  type CommandHelp,
  cookbook,
  generateDocs,
  renewFiles,
  staleFiles,
} from "../generate/mod.ts";
import { DriftError, EXIT } from "../common/errors.ts";
import type { Command, Run } from "./command.ts";
import type { docs } from "./docs.ts";
import { helpText } from "./parse.ts";

type Commands = Readonly<Record<string, () => Promise<Command>>>;

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
  const generated = await generateDocs({ tables, commands: await commandHelp(commands) });
  const files = { ...generated, ...await cookbook() };
  return { stale: await staleFiles(root, files), total: Object.keys(files).length };
}

/**
 * Compares the documents on disk with generated ones and returns the text to print. Throws a
 * `DriftError` that names the documents that differ.
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

export async function writeDocs(root: string, commands: Commands): Promise<string> {
  const { stale, total } = await compare(root, commands);
  await renewFiles(root, stale);
  const lines = stale.map(({ path, bytes }) =>
    `  ${path}${bytes === undefined ? " removed" : ""}\n`
  );
  return `${stale.length} of ${total} generated files were stale\n${lines.join("")}`;
}

/** Returns the work of `docs`; `commands` are for the CLI reference. */
export function runDocs(commands: Commands): Run<typeof docs["args"]> {
  return async ({ check }, { terminal }) => {
    terminal.err(await (check ? checkDocs(".", commands) : writeDocs(".", commands)));
    return EXIT.done;
  };
}
