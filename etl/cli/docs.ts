import { DriftError, EXIT } from "../common/errors.ts";
import { type Command, command } from "./command.ts";
import { flag } from "./options.ts";
import { helpText } from "./parse.ts";

type Commands = Readonly<Record<string, () => Promise<Command>>>;

async function compare(root: string, commands: Commands) {
  const { cookbook, generateDocs, staleFiles } = await import("../generate/mod.ts");
  const helps = Object.entries(commands).map(async ([name, load]) => ({
    name,
    help: await helpText(await load()),
  }));
  const { TABLE_NAMES, TABLES } = await import("../../schema/mod.ts");
  const tables = TABLE_NAMES.map((name) => TABLES[name]);
  const generated = await generateDocs({ tables, commands: await Promise.all(helps) });
  const files = { ...generated, ...await cookbook() };
  return { stale: await staleFiles(root, files), total: Object.keys(files).length };
}

/** Returns the text to print. Throws a `DriftError` that names the documents that differ. */
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
  const { renewFiles } = await import("../generate/mod.ts");
  await renewFiles(root, stale);
  const lines = stale.map(({ path, bytes }) =>
    `  ${path}${bytes === undefined ? " removed" : ""}\n`
  );
  return `${stale.length} of ${total} generated files were stale\n${lines.join("")}`;
}

export const docs = (commands: Commands) =>
  command({
    name: "docs",
    description:
      "Write all files that are generated from the schema and the commands: docs/ and the diagram in README.md.",
    args: {
      check: flag("Write nothing; fail if a file is stale, and name it"),
    },
    examples: {
      "after a change of the schema or a command": "deno task docs",
      "before a commit: exit code 6 if a file is stale": "deno task docs --check",
    },
    run: async ({ check }, { terminal }) => {
      terminal.err(await (check ? checkDocs(".", commands) : writeDocs(".", commands)));
      return EXIT.done;
    },
  });
