/**
 * Fills the disk while pages are fetched and resumes with more space. It mounts a small disk, so it
 * runs only as root.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { runCommandLine } from "../command_line.ts";
import { filesUnder } from "../project.ts";
import { temporary } from "../temporary.ts";

async function mount(...args: readonly string[]): Promise<boolean> {
  const command = new Deno.Command("mount", { args: ["-t", "tmpfs", ...args], stderr: "null" });
  return (await command.output()).success;
}

async function canMount(): Promise<boolean> {
  await using folder = await temporary();
  if (Deno.uid() !== 0 || !await mount("-o", "size=64k", "tmpfs", folder.path)) return false;
  await unmount(folder.path);
  return true;
}

async function unmount(path: string): Promise<void> {
  await new Deno.Command("umount", { args: [path] }).output();
}

/** Lists the numbers of the staged pages. */
async function pagesOnDisk(out: string): Promise<number[]> {
  const pages: number[] = [];
  for await (const run of Deno.readDir(`${out}/.staging`)) {
    for await (const { name } of Deno.readDir(`${out}/.staging/${run.name}/pages`)) {
      const [, number] = /^page-(\d+)\.json\.gz$/.exec(name) ?? [];
      if (number !== undefined) pages.push(Number(number));
    }
  }
  return pages;
}

Deno.test({
  name: "a run that fills the disk reports it and resumes with more space",
  ignore: !await canMount(),
  fn: async () => {
    await using folder = await temporary();
    await using api = await startMockApi({ limit: 0 });
    await mount("-o", "size=400k", "tmpfs", folder.path);
    try {
      const out = `${folder.path}/data`;
      const request = ["--api", api.url, "--out", out, "--results", "2500", "--page-size", "500"];
      const full = await runCommandLine([...request, "--log", "json"]);
      assertEquals(full.status, 7, full.err);
      const last = full.events.at(-1);
      assertMatch(
        String(last?.["message"]),
        /^Cannot write .*page-0000\d.json.gz.partial: No space left/,
      );
      assertMatch(String(last?.["next"]), /Make room .* run the same command again/);
      const kept = await pagesOnDisk(out);
      const before = api.requests.length;
      await mount("-o", "remount,size=64m", "tmpfs", folder.path);
      assertEquals((await runCommandLine([...request, "--log", "json"])).status, 0);
      // Only pages that did not fit are fetched again.
      const again = api.requests.slice(before).map(({ page }) => page ?? 0).sort();
      assert(kept.length > 0);
      assertEquals(again, [1, 2, 3, 4, 5].filter((page) => !kept.includes(page)));
    } finally {
      await unmount(folder.path);
    }
  },
});

Deno.test({
  name: "a repeatable run frees its space when the disk is full",
  ignore: !await canMount(),
  fn: async () => {
    await using folder = await temporary();
    await mount("-o", "size=1m", "tmpfs", folder.path);
    try {
      const out = `${folder.path}/data`;
      const small = ["--source", "synthetic", "--out", out, "--results", "100"];
      assertEquals((await runCommandLine(small)).status, 0);
      const before = (await filesUnder(out)).keys().toArray();
      const large = ["--source", "synthetic", "--out", out, "--results", "20000"];
      assertEquals((await runCommandLine(large)).status, 7);
      assertEquals((await filesUnder(out)).keys().toArray(), before);
    } finally {
      await unmount(folder.path);
    }
  },
});
