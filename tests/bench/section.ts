// Sections of a document between `<!-- name -->` and `<!-- /name -->`, which benchmarks write.

/** Replaces a section. Throws if the document does not have it. */
export function withSection(document: string, { name, text }: Section): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Cannot find ${start} … ${end} in the document`);
  return `${document.slice(0, from + start.length)}\n\n${text.trim()}\n\n${document.slice(to)}`;
}

/** A section and its text. */
export interface Section {
  readonly name: string;
  readonly text: string;
}

/** Replaces a section in a file. */
export async function writeSection(path: string, section: Section): Promise<void> {
  await Deno.writeTextFile(path, withSection(await Deno.readTextFile(path), section));
}
