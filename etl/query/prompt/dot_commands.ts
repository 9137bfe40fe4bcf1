import { plural } from "../../common/counts.ts";
import type { Terminal } from "../../common/terminal.ts";
import type { Dataset } from "../dataset.ts";
import { identifier } from "../engine.ts";
import { didYouMean, usage } from "../errors.ts";

export const DOT_COMMANDS = {
  ".tables": "lists the tables and their numbers of rows",
  ".schema": "lists the columns of all tables, or of one: .schema users",
  ".mode": "sets the format of results: .mode csv; line shows every column",
  ".read": "runs the statements of a file: .read people.sql",
  ".output": "writes results to a new file below data/: .output data/x.csv; without a file, here",
  ".timer": "prints how long each statement takes: .timer on",
  ".help": "lists these commands",
  ".quit": "ends the session, like Ctrl-D",
} as const;

export type Names = ReadonlyMap<string, readonly string[]>;

const COLUMNS = `select table_name, column_name from duckdb_columns()
  where not internal and not starts_with(table_name, 'debr_result_') order by table_oid, column_index`;

/** Queries the names from the engine; the tables of the dataset come first. */
export async function namesOf(dataset: Dataset): Promise<Names> {
  await using result = await dataset.query(COLUMNS);
  const names = new Map<string, string[]>(dataset.tables.map((table) => [table, []]));
  for (const [table, column] of await result.rows()) {
    const columns = names.get(String(table)) ?? [];
    names.set(String(table), [...columns, String(column)]);
  }
  return names;
}

/** Commands that work only at the prompt. */
export type PromptCommands = Readonly<Record<string, (argument: string) => Promise<void> | void>>;

export function isDotCommand(line: string): boolean {
  return /^\s*\.[a-z]/.test(line);
}

interface DotContext {
  readonly dataset: Dataset;
  readonly terminal: Pick<Terminal, "out">;
  readonly atPrompt?: PromptCommands;
}

async function printTables({ dataset, terminal }: DotContext): Promise<void> {
  const tables = [...(await namesOf(dataset)).keys()];
  const width = Math.max(...tables.map(({ length }) => length)) + 1;
  for (const table of tables) {
    await using result = await dataset.query(`select count(*) from ${identifier(table)}`);
    const [[count] = []] = await result.rows();
    terminal.out(`${table.padEnd(width)} ${plural(Number(count), "row")}\n`);
  }
}

async function printSchema({ dataset, terminal }: DotContext, argument: string): Promise<void> {
  const tables = [...(await namesOf(dataset)).keys()];
  const named = argument === ""
    ? tables
    : tables.filter((table) => table.toLowerCase() === argument.toLowerCase());
  if (named.length === 0) {
    const meant = didYouMean(argument, tables);
    throw usage(`Cannot show schema: there is no table ${argument}${meant}`, { next: ".tables" });
  }
  for (const table of named) {
    await using result = await dataset.query(`select * from ${identifier(table)} limit 0`);
    const columns = result.columns.map(({ name, sqlType }) => `  ${name} ${sqlType}`);
    terminal.out(`${table} (\n${columns.join(",\n")}\n)\n`);
  }
}

function printHelp({ terminal }: DotContext): void {
  for (const [name, does] of Object.entries(DOT_COMMANDS)) {
    terminal.out(`${name.padEnd(9)}${does}\n`);
  }
}

/** Commands that work without a prompt too. */
const COMMANDS: Readonly<
  Record<string, (context: DotContext, argument: string) => Promise<void> | void>
> = { ".tables": printTables, ".schema": printSchema, ".help": printHelp };

export async function runDotCommand(line: string, context: DotContext): Promise<void> {
  const [name = "", argument = ""] = line.trim().replace(/;$/, "").trim().split(/\s+(.*)/);
  const atPrompt = context.atPrompt?.[name];
  if (atPrompt) return await atPrompt(argument);
  const command = COMMANDS[name];
  if (command) return await command(context, argument);
  if (name in DOT_COMMANDS) throw usage(`Cannot run ${name}: it works only at the prompt`);
  const meant = didYouMean(name, Object.keys(DOT_COMMANDS));
  throw usage(`Cannot run ${name}: there is no such command${meant}`, { next: ".help" });
}
