import { assert, assertEquals } from "@std/assert";
import { findBackup } from "../etl/backup/catalog.ts";
import { openFolder } from "../etl/backup/folder.ts";
import { restoreDataset } from "../etl/backup/restore_dataset.ts";
import { DestinationError } from "../etl/common/errors.ts";
import { verify } from "../etl/load/dataset/verify.ts";
import { extract } from "../etl/run/run.ts";
import { NEVER } from "./backup/support.ts";
import {
  type Damage,
  damageFile,
  DAMAGES,
  type Ended,
  endOf,
  filesOf,
  makeWhole,
  READERS,
  WHERE,
  type Whole,
  WRITERS,
} from "./damage.ts";
import { allRows, bytesOf, people, source } from "./load/dataset/support.ts";
import { Project } from "./project.ts";
import { temporary } from "./temporary.ts";

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

/** What must not change where a command fails; a file of rejects that nobody refers to may be new. */
async function kept(
  root: string,
  before?: Record<string, string>,
): Promise<Record<string, string>> {
  const all = await bytesOf(root);
  if (before) {
    return Object.fromEntries(Object.keys(before).map((path) => [path, all[path] ?? "gone"]));
  }
  return Object.fromEntries(
    Object.entries(all).filter(([path]) => /^(tables|rejects)\//.test(path)),
  );
}

const PARTS = ["countries", "timezones", "media", "users", "logins", "altids", "second part"];

/** Commands that need a file, and so must not end as if nothing were. */
function needs(command: string, file: string, damage: Damage): boolean {
  if (file === "history") return false;
  if (file === "manifest") {
    // Tables without a manifest are those of another engine.
    const foreign = ["query", "check", "drift", "load"];
    return damage !== "gone" || !foreign.includes(command);
  }
  if (file === "rejects") {
    return ["report", "rejects", "verify", "backup", "append", "replay"].includes(command);
  }
  if (file === "forgotten") {
    return ["verify", "load", "append", "forget", "replay"].includes(command);
  }
  if (file === "ids") {
    return !["query", "check", "report", "rejects", "lineage", "load", "drift"]
      .includes(command);
  }
  assert(PARTS.includes(file));
  if (damage !== "flipped") return !["rejects", "lineage"].includes(command);
  return ["verify", "load", "backup"].includes(command);
}

/** What is wrong with how a command ended; nothing where it is right. */
function wrong(
  { status, error }: Ended,
  { path, must }: { path: string; must: boolean },
): string[] {
  if (status !== 7) {
    if (status === 0 && !must) return [];
    return [`status ${status}: ${(error as Error | undefined)?.stack ?? ""}`];
  }
  if (error === undefined) return [];
  if (!(error instanceof DestinationError)) return [`${error}`];
  return [
    ...(error.message.includes(path) ? [] : [`it names no file: ${error.message}`]),
    ...(error.next === undefined ? ["it says no way out"] : []),
  ];
}

Deno.test("no command commits, backs up or hides a damaged file: twelve files, four damages", async () => {
  await using folder = await temporary();
  const whole: Whole = await makeWhole(folder.path);
  const root = `${folder.path}/data`;
  const files = await filesOf(root);
  assertEquals(Object.keys(files).length, 12);
  const expected: Record<string, unknown> = {};
  for (const [name, work] of Object.entries(WRITERS)) {
    await copyFolder(root, `${folder.path}/${name}`);
    await work(`${folder.path}/${name}`, whole);
    assertEquals((await verify(`${folder.path}/${name}`)).faults, []);
    expected[name] = await allRows(`${folder.path}/${name}`);
  }
  const faults: string[] = [];
  for (const [file, path] of Object.entries(files)) {
    for (const damage of DAMAGES) {
      const name = `${file} ${damage}`;
      const damaged = `${folder.path}/damaged`;
      const begin = async () => {
        await Deno.remove(damaged, { recursive: true }).catch(() => {});
        await copyFolder(root, damaged);
        await damageFile(`${damaged}/${path}`, damage, WHERE[file]);
        return await kept(damaged);
      };
      let before = await begin();
      for (const [command, work] of Object.entries(READERS)) {
        const ended = await endOf(() => work(damaged, whole));
        const must = needs(command, file, damage);
        for (const what of wrong(ended, { path, must })) {
          faults.push(`${command}, ${name}: ${what}`);
        }
        assertEquals(await kept(damaged, before), before, `${command}, ${name}`);
      }
      for (const [command, work] of Object.entries(WRITERS)) {
        before = await begin();
        const ended = await endOf(() => work(damaged, whole));
        const must = needs(command, file, damage);
        for (const what of wrong(ended, { path, must })) {
          faults.push(`${command}, ${name}: ${what}`);
        }
        if (ended.status === 7) {
          assertEquals(await kept(damaged, before), before, `${command}, ${name}`);
        } else if ((await verify(damaged)).faults.length === 0) {
          assertEquals(await allRows(damaged), expected[command], `${command}, ${name}`);
        }
      }
    }
  }
  assertEquals(faults, []);
});

Deno.test("a flipped bit is never sealed by a writer that reads it", async () => {
  await using folder = await temporary();
  const whole = await makeWhole(folder.path);
  const root = `${folder.path}/data`;
  const damaged = `${folder.path}/damaged`;
  for (const table of ["users", "logins", "altids"]) {
    for (let where = 0; where < 1; where += 1 / 15) {
      await copyFolder(root, damaged);
      await damageFile(`${damaged}/tables/${table}/part-00001.parquet`, "flipped", where);
      const before = await kept(damaged);
      const { status, error } = await endOf(() => WRITERS["forget"]!(damaged, whole));
      assertEquals(status, 7, `${table} ${where}: ${error}`);
      assertEquals(await kept(damaged, before), before);
      await Deno.remove(damaged, { recursive: true });
    }
  }
});

Deno.test("the ways out lead out: tables made again, or restored, are whole", async () => {
  await using folder = await temporary();
  const whole = await makeWhole(folder.path);
  const root = `${folder.path}/data`;
  await READERS["backup"]!(root, whole);
  const files = await filesOf(root);
  // Without the list, people who are forgotten would return: that one must be restored.
  delete files["forgotten"];
  for (const [file, path] of Object.entries(files)) {
    for (const damage of DAMAGES) {
      const damaged = `${folder.path}/damaged`;
      await copyFolder(root, damaged);
      await damageFile(`${damaged}/${path}`, damage);
      const pages = await source(folder.path, [[people(5)]]);
      await extract(pages, { root: damaged, maxRejects: { share: 0 } });
      assertEquals((await verify(damaged)).faults, [], `${file} ${damage}`);
      await Deno.remove(damaged, { recursive: true });
    }
  }
  const store = openFolder(`${folder.path}/backups`);
  const restored = `${folder.path}/restored`;
  const entry = await findBackup(store, { id: undefined, fits: () => true });
  await restoreDataset({ store, entry, root: restored, signal: NEVER });
  assertEquals(await allRows(restored), await allRows(root));
});

Deno.test("as processes with the permissions of their tasks commands name the file and the way out", async () => {
  await using project = await Project.copy({ sample: true });
  const part = "data/sample/tables/users/part-00001.parquet";
  const path = project.path(part);
  const whole = await Deno.readFile(path);
  const commands: readonly (readonly [string, ...string[]])[] = [
    ["query", "select count(*) from (select distinct * from users)"],
    ["check"],
    ["report", "--out", "data/sample/report.html"],
    ["forget", "00000000-0000-8000-8000-000000000000"],
    ["backup", "--to", project.path("data/backups")],
  ];
  for (const damage of ["cut", "flipped"] as const) {
    await Deno.writeFile(path, whole);
    // In the footer: without a hash, a bit of a value is one of another value.
    await damageFile(path, damage, 0.97);
    for (const [name, ...args] of commands) {
      // An id that nobody has is reported before any part is read.
      if (name === "forget" && damage === "flipped") continue;
      const { status, err } = await project.run([name, ...args, "--data", "data/sample"]);
      assertEquals(status, 7, `${name}, ${damage}: ${err}`);
      assert(err.includes(part) && err.includes("deno task restore"), `${name}, ${damage}: ${err}`);
    }
  }
});
