// Files are named by content, so a failed run does not change the rejects of committed tables.
import { readFolder } from "../../common/missing.ts";
import type { Reject } from "../../transform/validate/person.ts";
import { type Checksum, DamagedFileError, linesIntact, RunningChecksum } from "./intact.ts";
import { exists, makeFolder, onDisk, openToWrite, removeAll, writeAll } from "./files.ts";
import { layout } from "./paths.ts";
import type { Manifest, RejectsFile } from "./manifest.ts";
import { openDataset } from "./open.ts";

const CHUNK = 1 << 16;

type WrittenRejects = Omit<RejectsFile, "request">;

/** Names the file by its content or the failed run; `undefined` if there are no rejects. */
export async function writeRejects(
  root: string,
  { lines, failed }: { lines: AsyncIterable<string>; failed?: string | undefined },
): Promise<WrittenRejects | undefined> {
  const { rejects: folder } = layout(root);
  const partial = `${folder}/.partial`;
  const checksum = new RunningChecksum();
  const encoder = new TextEncoder();
  let [rows, pending] = [0, ""];
  await makeFolder(folder);
  await onDisk(partial, async () => {
    using file = await openToWrite(partial, { create: true, truncate: true });
    const flush = async () => {
      const chunk = encoder.encode(pending);
      await writeAll(file, chunk);
      checksum.add(chunk);
      pending = "";
    };
    for await (const line of lines) {
      pending += line + "\n";
      rows++;
      if (pending.length > CHUNK) await flush();
    }
    await flush();
    await file.syncData();
  });
  if (rows === 0) {
    await removeAll(partial);
    return undefined;
  }
  const written = checksum.finish();
  const file = `${failed === undefined ? written.sha256.slice(0, 16) : `failed-${failed}`}.ndjson`;
  await onDisk(folder, () => Deno.rename(partial, `${folder}/${file}`));
  return { file, rows, ...written };
}

export interface RejectsPath {
  readonly path: string;
  readonly checksum?: Checksum;
}

export async function* readRejects(files: readonly RejectsPath[]): AsyncGenerator<Reject, void> {
  for (const { path, checksum } of files) {
    for await (const line of linesIntact(path, checksum)) {
      let reject: Reject;
      try {
        reject = JSON.parse(line);
      } catch (cause) {
        throw new DamagedFileError(path, { what: "has a line that is not JSON", cause });
      }
      yield reject;
    }
  }
}

export async function failedRejects(root: string): Promise<RejectsPath[]> {
  const { rejects } = layout(root);
  const names = (await readFolder(rejects)).map(({ name }) => name);
  return names.filter((name) => name.startsWith("failed-")).sort()
    .map((name) => ({ path: `${rejects}/${name}` }));
}

export function rejectsOf(root: string, { rejects }: Manifest): RejectsPath[] {
  return rejects.map((file) => ({ path: `${layout(root).rejects}/${file.file}`, checksum: file }));
}

export async function committedRejects(root: string): Promise<RejectsPath[]> {
  return rejectsOf(root, (await openDataset(root)).manifest);
}

/** Removes rejects without a committed request, and of failed runs without staging. */
export async function sweepRejects(root: string, manifest: Manifest): Promise<void> {
  const { rejects, staging } = layout(root);
  const committed = new Set(manifest.rejects.map(({ file }) => file));
  for (const { name } of await readFolder(rejects)) {
    const [, run] = /^failed-(.*)\.ndjson$/.exec(name) ?? [];
    const keep = run === undefined ? committed.has(name) : await exists(`${staging}/${run}`);
    if (!keep) await removeAll(`${rejects}/${name}`);
  }
  if ((await readFolder(rejects)).length === 0) await removeAll(rejects);
}
