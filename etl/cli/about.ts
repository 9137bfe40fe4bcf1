import config from "../../deno.json" with { type: "json" };
import { COMMANDS } from "./commands.ts";

const TASKS: Readonly<Record<string, { readonly description: string }>> = config.tasks;

/** Returns the version or the list of commands; `undefined` for other arguments. */
export function aboutDebr(argument: string): string | undefined {
  if (["-V", "--version"].includes(argument)) return `debr ${config.version}\n`;
  if (!["", "-h", "--help", "help"].includes(argument)) return undefined;
  const lines = Object.keys(COMMANDS).map((name) =>
    `  ${name.padEnd(10)}${TASKS[name]?.description ?? ""}`
  );
  return `Usage: deno task <command> [options]\n\n${lines.join("\n")}\n\n` +
    "Each command has --help with examples. Try first: deno task extract --source sample\n";
}
