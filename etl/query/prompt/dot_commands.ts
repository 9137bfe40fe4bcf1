// Commands that begin with a dot; they list tables and their columns.
import { number } from "../../common/counts.ts";
import type { Terminal } from "../../common/terminal.ts";
import { UsageError } from "../../common/errors.ts";
import type { Dataset } from "../dataset.ts";
import { identifier } from "../engine.ts";
import { nearest } from "../../common/nearest.ts";
import { namesOf } from "./names.ts";

export const DOT_COMMANDS = {
  ".tables": "the tables, with their rows",
  ".schema": "the columns of all tables, or of one: .schema users",
  ".mode": "the format results are printed in: .mode csv; line shows every column",
  ".read": "runs the statements of a file: .read people.sql",
  ".output": "results go to a new file below data/: .output data/x.csv; without one, here",
  ".timer": "says how long each statement takes: .timer on",
  ".help": "this list",
  ".quit": "ends, as Ctrl-D does",
} as const;

/** Commands that work only at the prompt. */
export type PromptCommands = Readonly<Record<string, (argument: string) => Promise<void> | void>>;

export function isDotCommand(line: string): boolean {
  return /^\s*\.[a-z]/.test(line);
}

interface DotContext {
  readonly dataset: Dataset;
  readonly terminal: Pick<Terminal, "out">;
  /** The prompt's own commands; absent outside a prompt. */
  readonly atPrompt?: PromptCommands;
}

async function printTables({ dataset, terminal }: DotContext): Promise<void> {
  const tables = [...(await namesOf(dataset)).keys()];
  const width = Math.max(...tables.map(({ length }) => length)) + 1;
  for (const table of tables) {
    const result = await dataset.query(`select count(*) from ${identifier(table)}`);
    const [[count] = []] = await result.rows();
    await result.close();
    const rows = count === "1" ? "row" : "rows";
    terminal.out(`${table.padEnd(width)} ${number(Number(count))} ${rows}\n`);
  }
}

async function printSchema(tables: readonly string[], context: DotContext): Promise<void> {
  const { dataset, terminal } = context;
  for (const table of tables) {
    const result = await dataset.query(`select * from ${identifier(table)} limit 0`);
    const columns = result.columns.map(({ name, sqlType }) => `  ${name} ${sqlType}`);
    await result.close();
    terminal.out(`${table} (\n${columns.join(",\n")}\n)\n`);
  }
}

/** Finds a table by name. Throws a {@link UsageError} if there is none. */
function tableNamed(name: string, tables: readonly string[]): string {
  const table = tables.find((table) => table.toLowerCase() === name.toLowerCase());
  if (table !== undefined) return table;
  const meant = nearest(name, tables);
  throw new UsageError(
    `Cannot show schema: there is no table ${name}${meant ? `. Did you mean "${meant}"?` : ""}`,
    { step: "query", next: ".tables" },
  );
}

/** Runs a command. Rejects with a {@link UsageError} if it is unknown here. */
export async function runDotCommand(line: string, context: DotContext): Promise<void> {
  const [name = "", argument = ""] = line.trim().replace(/;$/, "").trim().split(/\s+(.*)/);
  const atPrompt = context.atPrompt?.[name];
  if (atPrompt) return await atPrompt(argument);
  switch (name) {
    case ".tables":
      return await printTables(context);
    case ".schema": {
      const tables = [...(await namesOf(context.dataset)).keys()];
      return await printSchema(argument ? [tableNamed(argument, tables)] : tables, context);
    }
    case ".help":
      return context.terminal.out(
        Object.entries(DOT_COMMANDS).map(([name, does]) => `${name.padEnd(9)}${does}\n`).join(""),
      );
    default: {
      if (Object.hasOwn(DOT_COMMANDS, name)) {
        throw new UsageError(`Cannot run ${name}: it works at the prompt only`, { step: "query" });
      }
      const meant = nearest(name, Object.keys(DOT_COMMANDS));
      throw new UsageError(
        `Cannot run ${name}: it is no command${meant ? `. Did you mean "${meant}"?` : ""}`,
        { step: "query", next: ".help" },
      );
    }
  }
}
