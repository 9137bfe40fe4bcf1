/**
 * The parsed runbook: its sections and the command lines of its code blocks.
 *
 * @module
 */
import { ROOT } from "./layers.ts";

/** The text of `docs/operations.md`. */
export const RUNBOOK = await Deno.readTextFile(`${ROOT}docs/operations.md`);

/** Returns the text below a heading of the third level, as one line. */
export function section(name: string): string | undefined {
  const [, text] = RUNBOOK.split(`\n### ${name}\n`);
  return text?.split(/\n##/, 1)[0]?.replaceAll(/\s+/g, " ");
}

/** Returns the command lines of a program in the code blocks, in order. */
export function commandLines(program: string): string[] {
  const blocks = [...RUNBOOK.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks.flatMap((block) => block.trim().split("\n"))
    .filter((line) => line.startsWith(`${program} `));
}
