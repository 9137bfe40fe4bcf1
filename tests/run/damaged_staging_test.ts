/**
 * Staging after a crash of the machine: intact files are reused, damaged ones are made again, and the
 * tables are the same.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { verify } from "../../etl/load/dataset/verify.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { extract } from "../../etl/run/run.ts";
import { fakeClock } from "../clock.ts";
import { damageFile, DAMAGES } from "../damage.ts";
import { runCommandLine } from "../command_line.ts";
import { broken, bytesOf, folder, people, source } from "../load/dataset/support.ts";
import { temporary } from "../temporary.ts";

const BATCH_FILES = [
  "batch.json",
  "ids",
  "ranks",
  "rejects.ndjson",
  "users.parquet",
  "logins.parquet",
  "altids.parquet",
];

Deno.test("a damaged batch is built again and reported once", async () => {
  await using dir = await folder();
  const pool = people(20);
  const from = await source(dir.path, [
    [pool.slice(0, 9), [broken(pool[10])]],
    [[...pool.slice(5, 15), broken(pool[16])]],
  ]);
  const undamaged = `${dir.path}/undamaged`;
  await extract(from, { root: undamaged, maxRejects: { share: 1 }, workers: 1 });
  const expected = await bytesOf(`${undamaged}/tables`);
  for (const file of BATCH_FILES) {
    for (const damage of DAMAGES) {
      const root = `${dir.path}/${file}-${damage}`;
      // Too many rejects: everything is staged and nothing is committed.
      await extract(from, { root, maxRejects: { people: 0 }, workers: 1 }).catch(() => {});
      const [run] = await Array.fromAsync(Deno.readDir(`${root}/.staging`));
      await damageFile(`${root}/.staging/${run!.name}/batch-00000/${file}`, damage);
      const events: string[] = [];
      const effects = {
        now: Date.now,
        log: ({ event }: { event: string }) => void events.push(event),
      };
      await extract(from, { root, maxRejects: { share: 1 }, workers: 1, effects });
      const name = `${file} ${damage}`;
      assertEquals(events.filter((event) => event === "batch.damaged").length, 1, name);
      assertEquals(events.filter((event) => event === "batch.built").length, 1, name);
      assertEquals(await bytesOf(`${root}/tables`), expected, name);
    }
  }
});

const PAGE = "pages/page-00002.json.gz";

Deno.test("damaged pages and lists of pages are fetched again with the same seed", async () => {
  await using dir = await temporary();
  const clock = fakeClock();
  const effects = { now: clock.now, sleep: clock.sleep };
  await using api = await startMockApi({ limit: 0, faults: ["renamed:pages=3"], effects });
  for (const seeded of [true, false]) {
    const args = ["--results", "30", "--page-size", "10", "--api", api.url, "--log", "json"];
    if (seeded) args.push("--seed", "staged");
    const undamaged = `${dir.path}/undamaged-${seeded}`;
    const accept = ["--max-rejects", "100%"];
    assertEquals((await runCommandLine([...args, ...accept, "--out", undamaged])).status, 0);
    const expected = await bytesOf(`${undamaged}/tables`);
    for (const file of [PAGE, "pages.ndjson"]) {
      for (const damage of DAMAGES) {
        const name = `${file} ${damage} ${seeded}`;
        const out = `${dir.path}/${name.replace(/\W/g, "-")}`;
        const first = [...args, "--out", out, "--max-rejects", "0"];
        assertEquals((await runCommandLine(first)).status, 5, name);
        const [run] = await Array.fromAsync(Deno.readDir(`${out}/.staging`));
        const staged = `${out}/.staging/${run!.name}`;
        await damageFile(`${staged}/${file}`, damage);
        // An intact batch would hide a damaged page. A damaged list makes the batch unusable anyway.
        if (file === PAGE) await Deno.remove(`${staged}/batch-00000`, { recursive: true });
        const again = await runCommandLine([...args, ...accept, "--out", out]);
        assertEquals(again.status, 0, `${name}: ${again.err}`);
        assertEquals((await verify(out)).faults, [], name);
        if (seeded) assertEquals(await bytesOf(`${out}/tables`), expected, name);
        const damaged = again.events.filter(({ event }) => event === "page.damaged");
        if (file === PAGE) assertEquals(damaged.length, damage === "gone" ? 0 : 1, name);
        const manifest = await Deno.readTextFile(`${out}/tables/manifest.json`);
        const seeds = new Set([...manifest.matchAll(/seed=(\w+)/g)].map(([, seed]) => seed));
        const [request] = JSON.parse(manifest).requests;
        assertEquals([...seeds], [request.seed], name);
      }
    }
  }
});
