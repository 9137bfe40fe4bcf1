/**
 * An unreadable disk: the image of a mounted file system is truncated, so the kernel returns
 * input/output errors for all files that are not in its cache.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { EXIT } from "../../etl/common/errors.ts";
import { extract } from "../../etl/run/run.ts";
import { endOf, filesOf, type Intact, makeIntact, READERS, WRITERS } from "../damage.ts";
import { people, source } from "../load/dataset/support.ts";
import { temporary } from "../temporary.ts";

async function sh(line: string): Promise<boolean> {
  const command = new Deno.Command("sh", { args: ["-ec", line], stdout: "null", stderr: "null" });
  return (await command.output()).success;
}

/** Mounts a copy of an image in which one file is unreadable. */
async function mountDamaged(image: string, path: string) {
  const [copy, disk] = [`${image}.copy`, `${image}.disk`];
  assert(
    await sh(
      `cp --sparse=always ${image} ${copy}; mkdir -p ${disk}; mount -o loop ${copy} ${disk}`,
    ),
  );
  assert(
    await sh(`find ${disk} -type f ! -path '*/${path}' -exec cat {} + ; truncate -s 1M ${copy}`),
  );
  return { disk, [Symbol.asyncDispose]: async () => void await sh(`umount ${disk}; rm ${copy}`) };
}

/** Makes an image of a dataset and its pages; returns false without the required rights. */
async function makeImage(image: string, from: string): Promise<boolean> {
  const disk = `${image}.disk`;
  return await sh(`truncate -s 32M ${image}; mkfs.ext4 -q -O ^has_journal ${image}
    mkdir -p ${disk}; mount -o loop ${image} ${disk}`) &&
    await sh(`cp -r ${from}/data ${from}/pages-* ${disk}; sync; umount ${disk}`);
}

const CAN_MOUNT = Deno.build.os === "linux" && await (async () => {
  await using dir = await temporary();
  await Deno.mkdir(`${dir.path}/data`);
  await Deno.mkdir(`${dir.path}/pages-0`);
  return await makeImage(`${dir.path}/image`, dir.path);
})();

/** The commands that read a complete file. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  users: ["query", "check", "report", "verify", "load", "drift", "backup", "forget"],
  ids: ["verify", "backup", "lineage", "append", "forget"],
  rejects: ["rejects", "report", "verify", "backup", "append", "replay"],
  manifest: [...Object.keys(READERS), ...Object.keys(WRITERS)],
  history: ["report", "backup"],
};

Deno.test({
  name: "on an unreadable disk each command ends with exit code 7 and names the file",
  ignore: !CAN_MOUNT,
  fn: async () => {
    await using dir = await temporary();
    const intact: Intact = await makeIntact(dir.path);
    const image = `${dir.path}/image`;
    assert(await makeImage(image, dir.path));
    const files = await filesOf(`${dir.path}/data`);
    for (const [file, readers] of Object.entries(READ_BY)) {
      await using lost = await mountDamaged(image, `data/${files[file]}`);
      for (const name of readers) {
        const work = (READERS[name] ?? WRITERS[name])!;
        const { status, error } = await endOf(() => work(`${lost.disk}/data`, intact));
        const context = `${name}, ${file}: ${(error as Error | undefined)?.stack}`;
        assertEquals(status, EXIT.destination, context);
        if (error) assert((error as Error).message.includes(files[file]!), context);
      }
    }
  },
});

Deno.test({
  name: "unreadable saved pages give exit code 3",
  ignore: !CAN_MOUNT,
  fn: async () => {
    await using dir = await temporary();
    const from = await source(dir.path, [[people(3)]]);
    await Deno.mkdir(`${dir.path}/data`);
    const image = `${dir.path}/image`;
    assert(await makeImage(image, dir.path));
    await using lost = await mountDamaged(image, "0001.json");
    const [batch] = from.batches;
    const pages = batch!.pages.map((page) =>
      page.kind === "file" ? { ...page, path: page.path.replace(dir.path, lost.disk) } : page
    );
    const root = `${dir.path}/data`;
    const { status, error } = await endOf(() =>
      extract({ ...from, batches: [{ index: 0, pages }] }, { root, maxRejects: { share: 1 } })
    );
    assertEquals(status, EXIT.source, String(error));
    assert((error as Error).message.includes("0001.json"), String(error));
  },
});
