/**
 * Tests of queries while runs commit, for both engines.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { openDataset } from "../../etl/query/dataset.ts";
import type { EngineName } from "../../etl/query/options.ts";
import { runScript } from "../../etl/query/script.ts";
import { folder, people, run } from "../load/dataset/support.ts";

const POOL = people(30);
const COUNTS = "select (select count(*) from users) as u, (select count(*) from logins) as l";

/** Registers the tests of one engine. */
export function testSteady(engine: EngineName): void {
  // The native library reads paths, and only Linux has paths of open files.
  const ignore = engine === "native" && Deno.build.os !== "linux";

  Deno.test(
    `${engine}: all statements of a script see the same commit`,
    { ignore },
    async () => {
      await using dir = await folder();
      await run(dir.path, [[POOL.slice(0, 10)]]);
      const dataset = await openDataset(`${dir.path}/data`, { engine });
      const counts = async () => {
        const result = await dataset.query(COUNTS);
        return await result.rows();
      };
      assertEquals(await counts(), [["10", "10"]]);
      await run(dir.path, [[POOL]]);
      assertEquals(await counts(), [["10", "10"]]);
      let printed = "";
      await runScript(`${COUNTS}; from users; summarize logins; ${COUNTS}`, dataset, {
        format: "ndjson",
        signal: new AbortController().signal,
        terminal: { out: (text: string) => printed += text, isTerminal: { out: false } } as never,
      });
      assertEquals(printed.match(/\{"u":10,"l":10\}/g)?.length, 2);
      dataset.close();
      const after = await openDataset(`${dir.path}/data`, { engine });
      assertEquals(await (await after.query(COUNTS)).rows(), [["30", "30"]]);
      after.close();
    },
  );

  Deno.test(
    `${engine}: a dataset opened during commits shows one commit`,
    { ignore },
    async () => {
      await using dir = await folder();
      const root = `${dir.path}/data`;
      await run(dir.path, [[POOL.slice(0, 10)]]);
      let stopped = false;
      const committing = (async () => {
        for (let size = 11; !stopped; size = size === 30 ? 10 : size + 1) {
          await run(dir.path, [[POOL.slice(0, size)]]);
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
      })();
      try {
        for (let opens = 0; opens < 6; opens++) {
          const dataset = await openDataset(root, { engine });
          const [[users, logins] = []] = await (await dataset.query(COUNTS)).rows();
          assertEquals(users, logins);
          dataset.close();
        }
      } finally {
        stopped = true;
        await committing;
      }
    },
  );
}
