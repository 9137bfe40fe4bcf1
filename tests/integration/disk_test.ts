import { assert, assertEquals, assertRejects } from "@std/assert";
import { verify } from "../../etl/load/dataset/verify.ts";
import { DestinationError } from "../../etl/common/errors.ts";
import { extract } from "../../etl/run/run.ts";
import { endOf } from "../damage.ts";
import { bytesOf, folder, people, run, source } from "../load/dataset/support.ts";
import { nextOf } from "../next.ts";

async function sh(command: string, ...args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, { args, stderr: "null" }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Mounts a disk in memory; returns `undefined` without the required rights. */
async function smallDisk(kilobytes: number) {
  const path = await Deno.makeTempDir({ prefix: "debr-disk-" });
  const options = (kilobytes: number) => `size=${kilobytes}k`;
  if (!await sh("mount", "-t", "tmpfs", "-o", options(kilobytes), "tmpfs", path)) {
    await Deno.remove(path);
    return undefined;
  }
  return {
    path,
    resize: (kilobytes: number) => sh("mount", "-o", `remount,${options(kilobytes)}`, path),
    readOnly: () => sh("mount", "-o", "remount,ro", path),
    async [Symbol.asyncDispose]() {
      await sh("umount", path);
      await Deno.remove(path);
    },
  };
}

const CAN_MOUNT = await (async () => {
  await using disk = await smallDisk(64);
  return disk !== undefined;
})();

Deno.test({
  name: "a run stops on a full disk without changing tables and resumes with more space",
  ignore: !CAN_MOUNT,
  fn: async () => {
    await using dir = await folder();
    await using disk = (await smallDisk(512))!;
    const root = `${disk.path}/data`;
    const first = await source(dir.path, [[people(50)]]);
    await extract(first, { root, maxRejects: { share: 0 } });
    const before = await bytesOf(`${root}/tables`);
    const pool = people(3000, "many");
    const batches = [0, 1000, 2000].map((at) => [pool.slice(at, at + 1000)]);
    const from = await source(dir.path, batches);
    const complete = `${dir.path}/complete`;
    await extract(from, { root: complete, maxRejects: { share: 0 } });

    // The size grows until it is enough, so that batches, links, tables and manifest fail in turn.
    const failures = new Set<string>();
    const again = () => extract(from, { root, maxRejects: { share: 0 } });
    for (let size = 96;; size += 12) {
      assert(await disk.resize(size));
      try {
        await again();
        break;
      } catch (error) {
        assert(error instanceof DestinationError, String(error));
        assert(/No space left on device/.test(error.message), error.message);
        assert(nextOf(error).includes("run the same command again"));
        assertEquals(error.status, 7);
        failures.add(
          error.message.replace(/.*\/data\/([^ ]+):.*/, "$1").replace(/\d+|[0-9a-f]{16}/g, "N"),
        );
        assertEquals(await bytesOf(`${root}/tables`), before);
        assertEquals((await verify(root)).faults, []);
      }
    }
    assert(failures.size > 3, [...failures].join());
    assert([...failures].some((path) => path.includes(".staging")), [...failures].join());
    assert([...failures].some((path) => path.includes(".tables.next")), [...failures].join());
    assertEquals(await bytesOf(`${root}/tables`), await bytesOf(`${complete}/tables`));
    assertEquals((await verify(root)).faults, []);
  },
});

Deno.test({
  name: "a read-only disk is reported, and its dataset can be verified",
  ignore: !CAN_MOUNT,
  fn: async () => {
    await using dir = await folder();
    await using disk = (await smallDisk(2048))!;
    const root = `${disk.path}/data`;
    const from = await source(dir.path, [[people(50)]]);
    await extract(from, { root, maxRejects: { share: 0 } });
    const before = await bytesOf(root);
    assert(await disk.readOnly());
    for (const mode of ["replace", "append"] as const) {
      const fault = await assertRejects(
        () => extract(from, { root, maxRejects: { share: 0 }, mode }),
        DestinationError,
        "Read-only file system",
      );
      assert(fault.message.startsWith(`Cannot write ${root}`), fault.message);
    }
    await assertRejects(
      () => extract(from, { root: `${disk.path}/other`, maxRejects: { share: 0 } }),
      DestinationError,
      "Read-only file system",
    );
    assertEquals(await bytesOf(root), before);
    assertEquals((await verify(root)).faults, []);
  },
});

Deno.test("a run that is killed at any step of its commit loses no data", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[people(10)]]);
  const old = await bytesOf(`${root}/tables`);
  // Incomplete tables, complete tables, after the first rename, and before the cleanup.
  const states: readonly (() => Promise<void>)[] = [
    () => Deno.mkdir(`${root}/.tables.next/users`, { recursive: true }),
    () => copyTree(`${root}/tables`, `${root}/.tables.next`),
    async () => {
      await copyTree(`${root}/tables`, `${root}/.tables.next`);
      await Deno.rename(`${root}/tables`, `${root}/.tables.previous`);
    },
    () => copyTree(`${root}/tables`, `${root}/.tables.previous`),
  ];
  for (const state of states) {
    await state();
    assertEquals((await verify(root)).faults, []);
    const from = await source(dir.path, [[people(10)]]);
    await extract(from, { root, maxRejects: { share: 0 }, mode: "append" });
    assertEquals(await bytesOf(`${root}/tables`), old);
    const names = await Array.fromAsync(Deno.readDir(root), ({ name }) => name);
    assertEquals(names.filter((name) => name.startsWith(".tables")), []);
  }
});

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyTree(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

Deno.test({
  name: "a run refuses tables on a separate disk and accepts staging on one",
  ignore: !CAN_MOUNT,
  fn: async () => {
    await using dir = await folder();
    const root = `${dir.path}/data`;
    await run(dir.path, [[people(10)]]);
    await Deno.rename(`${root}/tables`, `${dir.path}/tables`);
    for (const [place, status] of [["tables", 7], [".staging", 0]] as const) {
      const at = `${root}/${place}`;
      await Deno.mkdir(at, { recursive: true });
      assert(await sh("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", at));
      try {
        await sh("cp", "-r", `${dir.path}/tables`, root);
        const before = await bytesOf(`${root}/tables`);
        for (const mode of ["append", "replace"] as const) {
          const ended = await endOf(() => run(dir.path, [[people(20)]], { mode }));
          assertEquals(ended.status, status, String(ended.error));
          assertEquals((await verify(root)).faults, []);
          if (status === 0) continue;
          assert(nextOf(ended.error as DestinationError).includes("mount"), String(ended.error));
          assertEquals(await bytesOf(`${root}/tables`), before);
        }
      } finally {
        await sh("umount", at);
      }
    }
  },
});
