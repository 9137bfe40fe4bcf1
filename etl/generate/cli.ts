// The reference of the command line, from the commands' own help.

export interface CommandHelp {
  readonly name: string;
  readonly help: string;
}

export function cliReference(commands: readonly CommandHelp[]): string {
  const sections = commands.map(({ name, help }) => `## ${name}\n\n\`\`\`text\n${help}\`\`\`\n`);
  return [
    "# Commands",
    "",
    "Generated from the commands' `--help` by `deno task docs`. Results go to stdout, everything else to",
    "stderr; [exit statuses](reference.md#exit-statuses) say what became of a command.",
    "",
    sections.join("\n"),
  ].join("\n");
}
