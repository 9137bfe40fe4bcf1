/**
 * Fills the disk while pages are fetched, and goes on when there is room. It needs to mount a small
 * disk, so it runs as root alone.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { startFixture } from "../../etl/fixture/server.ts";
import { runCommandLine } from "../command_line.ts";
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

Deno.test({
  name: "a run that filled the disk says so, and goes on when there is room",
  ignore: !await canMount(),
  fn: async () => {
    await using folder = await temporary();
    await using api = await startFixture({ limit: 0 });
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
      const fetched = full.events.filter(({ event }) => event === "page.fetched").length;
      await mount("-o", "remount,size=64m", "tmpfs", folder.path);
      assertEquals((await runCommandLine([...request, "--log", "json"])).status, 0);
      // The page that did not fit is fetched again, no other.
      const pages = api.requests.map(({ page }) => page);
      assertEquals(pages.length, 6);
      assertEquals(pages.filter((page) => page === fetched).length, 2);
    } finally {
      await unmount(folder.path);
    }
  },
});
