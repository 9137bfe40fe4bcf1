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
  type Intact,
  makeIntact,
  READERS,
  WHERE,
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

/** The files that a failed command must not change; an unreferenced reject file may be new. */
async function protectedFiles(
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

/** Whether a command needs the file and therefore must not succeed. */
function needs(command: string, file: string, damage: Damage): boolean {
  if (file === "history") return false;
  if (file === "manifest") {
    // Tables without a manifest count as another engine's.
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

/** Lists the problems in the result of a command. */
function problemsOf(
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
    ...(error.message.includes(path) ? [] : [`the message names no file: ${error.message}`]),
    ...(error.next === undefined ? ["the error has no next step"] : []),
  ];
}

Deno.test("no command commits, backs up or ignores a damaged file", async () => {
  await using folder = await temporary();
  const intact: Intact = await makeIntact(folder.path);
  const root = `${folder.path}/data`;
  const files = await filesOf(root);
  assertEquals(Object.keys(files).length, 12);
  const expected: Record<string, unknown> = {};
  for (const [name, work] of Object.entries(WRITERS)) {
    await copyFolder(root, `${folder.path}/${name}`);
    await work(`${folder.path}/${name}`, intact);
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
        return await protectedFiles(damaged);
      };
      let before = await begin();
      for (const [command, work] of Object.entries(READERS)) {
        const ended = await endOf(() => work(damaged, intact));
        const must = needs(command, file, damage);
        for (const what of problemsOf(ended, { path, must })) {
          faults.push(`${command}, ${name}: ${what}`);
        }
        assertEquals(await protectedFiles(damaged, before), before, `${command}, ${name}`);
      }
      for (const [command, work] of Object.entries(WRITERS)) {
        before = await begin();
        const ended = await endOf(() => work(damaged, intact));
        const must = needs(command, file, damage);
        for (const what of problemsOf(ended, { path, must })) {
          faults.push(`${command}, ${name}: ${what}`);
        }
        if (ended.status === 7) {
          assertEquals(await protectedFiles(damaged, before), before, `${command}, ${name}`);
        } else if ((await verify(damaged)).faults.length === 0) {
          assertEquals(await allRows(damaged), expected[command], `${command}, ${name}`);
        }
      }
    }
  }
  assertEquals(faults, []);
});

Deno.test("forget never commits a part with a flipped bit", async () => {
  await using folder = await temporary();
  const intact = await makeIntact(folder.path);
  const root = `${folder.path}/data`;
  const damaged = `${folder.path}/damaged`;
  for (const table of ["users", "logins", "altids"]) {
    for (let where = 0; where < 1; where += 1 / 15) {
      await copyFolder(root, damaged);
      await damageFile(`${damaged}/tables/${table}/part-00001.parquet`, "flipped", where);
      const before = await protectedFiles(damaged);
      const { status, error } = await endOf(() => WRITERS["forget"]!(damaged, intact));
      assertEquals(status, 7, `${table} ${where}: ${error}`);
      assertEquals(await protectedFiles(damaged, before), before);
      await Deno.remove(damaged, { recursive: true });
    }
  }
});

Deno.test("a new extract and a restore repair damaged tables", async () => {
  await using folder = await temporary();
  const intact = await makeIntact(folder.path);
  const root = `${folder.path}/data`;
  await READERS["backup"]!(root, intact);
  const files = await filesOf(root);
  // A lost list of forgotten people must be restored, or they would return.
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

Deno.test("tasks name the damaged file and the next command", async () => {
  await using project = await Project.copy({ sample: true });
  const part = "data/sample/tables/users/part-00001.parquet";
  const path = project.path(part);
  const intact = await Deno.readFile(path);
  const commands: readonly (readonly [string, ...string[]])[] = [
    ["query", "select count(*) from (select distinct * from users)"],
    ["check"],
    ["report", "--out", "data/sample/report.html"],
    ["forget", "00000000-0000-8000-8000-000000000000"],
    ["backup", "--to", project.path("data/backups")],
  ];
  for (const damage of ["cut", "flipped"] as const) {
    await Deno.writeFile(path, intact);
    // Damages the footer, because a flipped bit in a value can give another valid value.
    await damageFile(path, damage, 0.97);
    for (const [name, ...args] of commands) {
      // An unknown id is reported before any part is read.
      if (name === "forget" && damage === "flipped") continue;
      const { status, err } = await project.run([name, ...args, "--data", "data/sample"]);
      assertEquals(status, 7, `${name}, ${damage}: ${err}`);
      assert(err.includes(part) && err.includes("deno task restore"), `${name}, ${damage}: ${err}`);
    }
  }
});
