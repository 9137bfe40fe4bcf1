/**
 * The runbook, taken apart: its sections, and the command lines of its blocks.
 *
 * @module
 */
import { ROOT } from "./layers.ts";

/** The text of `docs/operations.md`. */
export const RUNBOOK = await Deno.readTextFile(`${ROOT}docs/operations.md`);

/** The text below a heading of the third level, as one line. */
export function section(name: string): string | undefined {
  const [, text] = RUNBOOK.split(`\n### ${name}\n`);
  return text?.split(/\n##/, 1)[0]?.replaceAll(/\s+/g, " ");
}

/** The command lines of its blocks that call a program, in order. */
export function commandLines(program: string): string[] {
  const blocks = [...RUNBOOK.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks.flatMap((block) => block.trim().split("\n"))
    .filter((line) => line.startsWith(`${program} `));
}
