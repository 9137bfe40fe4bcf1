import { ifThere, readFolder } from "../common/missing.ts";
import { UsageError } from "../common/errors.ts";

/** A whole file, or the text between two markers in a file written by hand. */
export type Content = string | Uint8Array | { readonly block: string; readonly text: string };

const GENERATED = "docs/schema";

function withBlock(
  found: string,
  { path, block, text }: { path: string; block: string; text: string },
): string {
  const [start, end] = [`<!-- generated:${block} -->`, `<!-- /generated:${block} -->`];
  const [from, to] = [found.indexOf(start), found.indexOf(end)];
  if (from === -1 || to < from) {
    throw new UsageError(`Cannot write to ${path}: it lacks the lines ${start} and ${end}`, {
      step: "docs",
      next: "Put both lines into it where the generated text belongs",
    });
  }
  return `${found.slice(0, from + start.length)}\n\n${text}\n\n${found.slice(to)}`;
}

async function renewed(path: string, content: Content): Promise<Uint8Array | undefined> {
  const found = await ifThere(Deno.readFile(path));
  const wanted = typeof content === "object" && "block" in content
    ? withBlock(new TextDecoder().decode(found), { path, ...content })
    : content;
  const bytes = typeof wanted === "string" ? new TextEncoder().encode(wanted) : wanted;
  const isSame = found?.length === bytes.length && found.every((byte, at) => byte === bytes[at]);
  return isSame ? undefined : bytes;
}

interface Stale {
  readonly path: string;
  /** The new bytes; missing if the file should not exist. */
  readonly bytes?: Uint8Array;
}

/** Finds files that are missing, different or no longer generated. */
export async function staleFiles(
  root: string,
  files: Readonly<Record<string, Content>>,
): Promise<readonly Stale[]> {
  const stale: Stale[] = [];
  for (const [path, content] of Object.entries(files)) {
    const bytes = await renewed(`${root}/${path}`, content);
    if (bytes !== undefined) stale.push({ path, bytes });
  }
  const entries = await readFolder(`${root}/${GENERATED}`);
  const paths = entries.map(({ name }) => `${GENERATED}/${name}`);
  return [...stale, ...paths.filter((path) => !(path in files)).map((path) => ({ path }))];
}

export async function renewFiles(root: string, stale: readonly Stale[]): Promise<void> {
  for (const { path, bytes } of stale) {
    const file = `${root}/${path}`;
    if (bytes === undefined) {
      await Deno.remove(file);
      continue;
    }
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(file, bytes);
  }
}
