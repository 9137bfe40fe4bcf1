/**
 * Ways to damage a backup by editing its files directly.
 *
 * @module
 */
import { MANIFEST_NAME } from "../../etl/backup/manifest.ts";
import { reseal } from "./support.ts";

/** A backup and the paths of its files. */
export interface Broken {
  /** Folder of the backup. */
  readonly folder: string;
  /** Folder of another backup with different content. */
  readonly other: string;
  /** Names of its objects, the largest first. */
  readonly objects: readonly string[];
}

/** One way to break it. */
export interface Break {
  readonly breaking: (backup: Broken) => Promise<void>;
  /** The message that `verify` gives. */
  readonly says: RegExp;
}

/** Lists the objects of a backup, the largest first. */
export async function objectsOf(folder: string): Promise<string[]> {
  const { objects } = JSON.parse(await Deno.readTextFile(`${folder}/${MANIFEST_NAME}`));
  return objects.sort((a: { bytes: number }, b: { bytes: number }) => b.bytes - a.bytes)
    .map(({ name }: { name: string }) => name);
}

async function flip(path: string, at: (length: number) => number): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes[at(bytes.length)]! ^= 1;
  await Deno.writeFile(path, bytes);
}

async function editText(path: string, edit: (text: string) => string): Promise<void> {
  await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
}

const manifestOf = ({ folder }: Broken) => `${folder}/${MANIFEST_NAME}`;
const largest = ({ folder, objects }: Broken) => `${folder}/${objects[0]}`;

/** Overwrites a file with other bytes and keeps its length. */
async function overwrite(path: string, bytes: Uint8Array): Promise<void> {
  const { size } = await Deno.stat(path);
  const same = new Uint8Array(size);
  same.set(bytes.subarray(0, size));
  await Deno.writeFile(path, same);
}

/** Ways to break any backup. */
export const BREAKS: Readonly<Record<string, Break>> = {
  "a truncated object": {
    breaking: async (backup) => {
      const { size } = await Deno.stat(largest(backup));
      await Deno.truncate(largest(backup), size - 1);
    },
    says: /has [\d,]+ bytes, the manifest says [\d,]+/,
  },
  "a flipped bit in the middle": {
    breaking: (backup) => flip(largest(backup), (length) => length >> 1),
    says: /another SHA-256 than the manifest says/,
  },
  "a flipped bit in the last byte": {
    breaking: (backup) => flip(largest(backup), (length) => length - 1),
    says: /another SHA-256 than the manifest says/,
  },
  "a missing object": {
    breaking: (backup) => Deno.remove(largest(backup)),
    says: /is missing/,
  },
  "a missing manifest": {
    breaking: (backup) => Deno.remove(manifestOf(backup)),
    says: /is unfinished: it has no manifest/,
  },
  "a manifest that was edited": {
    breaking: (backup) => editText(manifestOf(backup), (text) => text.replace(/"rows": \d/, "$&1")),
    says: /its own SHA-256 differs/,
  },
  "a manifest that was cut off": {
    breaking: (backup) => editText(manifestOf(backup), (text) => text.slice(0, -20)),
    says: /it is not JSON/,
  },
  "a wrong count of rows, with a recomputed hash": {
    breaking: ({ folder }) =>
      reseal(folder, ({ tables }) => {
        tables[Object.keys(tables).at(-1)!].rows++;
      }),
    says: /has [\d,]+ rows? instead of [\d,]+/,
  },
  "other content of a table, with a recomputed hash": {
    breaking: ({ folder }) =>
      reseal(folder, ({ tables }) => {
        tables[Object.keys(tables).at(-1)!].sha256 = "0".repeat(64);
      }),
    says: /has other values/,
  },
  "one table missing, with a recomputed hash": {
    breaking: ({ folder }) =>
      reseal(folder, ({ tables }) => {
        delete tables[Object.keys(tables).at(-1)!];
      }),
    says: /is not in the manifest/,
  },
  "a manifest of another backup": {
    breaking: ({ folder, other }) =>
      Deno.copyFile(`${other}/${MANIFEST_NAME}`, `${folder}/${MANIFEST_NAME}`),
    says: /it belongs to another backup/,
  },
  "an object of another backup": {
    breaking: async (backup) => {
      const name = backup.objects[0]!;
      await overwrite(largest(backup), await Deno.readFile(`${backup.other}/${name}`));
    },
    says: /another SHA-256 than the manifest says/,
  },
  "a newer format": {
    breaking: (backup) =>
      editText(manifestOf(backup), (text) => text.replace(/"format": 1/, '"format": 2')),
    says: /format 2 is newer than 1/,
  },
  "an unfinished upload instead of an object": {
    breaking: (backup) => Deno.rename(largest(backup), `${largest(backup)}.partial-0a1b2c3d`),
    says: /is missing/,
  },
};

/** Ways to break a backup of more than one object. */
export const BREAKS_OF_MANY: Readonly<Record<string, Break>> = {
  "two objects that were swapped": {
    breaking: async ({ folder, objects }) => {
      const [a, b] = ["users", "logins"].map((table) =>
        `${folder}/${objects.find((name) => name.includes(`${table}/part-`))}`
      ) as [string, string];
      await Deno.rename(a, `${a}.aside`);
      await Deno.rename(b, a);
      await Deno.rename(`${a}.aside`, b);
    },
    says: /has [\d,]+ bytes, the manifest says [\d,]+/,
  },
  "an object missing from the manifest, with a recomputed hash": {
    breaking: ({ folder, objects }) =>
      reseal(folder, (manifest) => {
        const gone = objects.find((name) => name.includes("media/"));
        manifest.objects = manifest.objects.filter(({ name }: { name: string }) => name !== gone);
      }),
    says: /media\/part-00001\.parquet is missing/,
  },
};
