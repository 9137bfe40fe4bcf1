/**
 * Runs the command lines of a document in order in a copy of the project.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "../layers.ts";
import { temporary } from "../temporary.ts";
import { run } from "./servers.ts";

/** A block of command lines and the output that the document shows below it. */
export interface Block {
  readonly lines: string;
  readonly shown: string | undefined;
}

/** Returns the blocks below a heading, up to the next heading. */
export function blocksBelow(text: string, heading: string): Block[] {
  const [, below] = text.split(`\n${heading}\n`);
  if (below === undefined) throw new Error(`There is no heading ${heading}`);
  const section = below.split(/\n#{2,} /, 1)[0]!;
  const blocks = /```sh\n([\s\S]*?)```(?:\n\n```\n([\s\S]*?)```)?/g;
  return [...section.matchAll(blocks)].map(([, lines = "", shown]) => ({ lines, shown }));
}

/** Copies the project; of `data`, only the sample. */
export async function copyProject(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const left = ["--exclude=./data/[!s]*", "--exclude=./.git", "--exclude=./.venv*"];
  const copy = `tar -cf - ${left.join(" ")} . | tar -xof - -C "$1"`;
  await run("sh", ["-ec", copy, "sh", folder], { cwd: ROOT });
}

/** Makes a copy of the project as a new git repository; disposing it removes it. */
export async function cloneProject() {
  const folder = await temporary();
  await copyProject(folder.path);
  await run("git", ["init", "-q"], { cwd: folder.path });
  await run("git", ["add", "--all"], { cwd: folder.path });
  return folder;
}

/** Words of the document that a test replaces; each must occur. */
export type Replaced = Readonly<Record<string, string>>;

/** Runs a block in a folder: each line must succeed, and the output must be as shown. */
export async function type({ lines, shown }: Block, cwd: string, replaced: Replaced = {}) {
  let script = lines;
  for (const [words, others] of Object.entries(replaced)) {
    if (!script.includes(words)) throw new Error(`Expected "${words}" in:\n${lines}`);
    script = script.replace(words, others);
  }
  const out = await run("bash", ["-euc", script], { cwd, env: { NO_COLOR: "1" } });
  if (shown !== undefined) assertEquals(out.slice(-shown.length), shown);
  return out;
}
