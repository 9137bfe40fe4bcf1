/**
 * Tests of files that a user adds to the tables, for both engines.
 *
 * @module
 */
import { UsageError } from "../../etl/common/errors.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import type { EngineName, OwnFile } from "../../etl/query/options.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { withDataset } from "./dataset.ts";

/** Registers the tests of one engine. */
export function testOwnFiles(engine: EngineName): void {
  Deno.test(`${engine}: added files are views, and other files are refused`, async () => {
    await withDataset(async (data) => {
      const scores = `${data}/it's scores.csv`;
      await Deno.writeTextFile(scores, "email,score\nuser0@example.com,7\nuser1@example.com,9\n");
      await Deno.writeTextFile(`${data}/other.csv`, "a\n1\n");
      const path = `${data}/media copy.parquet`;
      await Deno.copyFile(`${data}/tables/media/part-00000.parquet`, path);
      const files = [{ path: scores }, { path, name: "copy" }];
      const dataset = await openDataset(data, { engine, files });
      assertEquals(dataset.tables.slice(6), ["it's scores", "copy"]);
      const result = await dataset.run(
        `select sum(score), (select count(*) from "copy" join media using (media_id))
        from "It's scores" join users using (email)`,
      );
      assertEquals(await result?.rows(), [["16", "1"]]);
      for (
        const sql of [
          `from '${data}/other.csv'`,
          `from read_csv_auto('${data}/other.csv')`,
          'drop view "it\'s scores"',
          "create or replace table copy as select 1",
          `copy users to '${path}'`,
        ]
      ) await assertRejects(() => dataset.run(sql), UsageError, "Refused to");
      dataset.close();
    });
  });

  Deno.test(`${engine}: a file that cannot be a view is refused`, async () => {
    await withDataset(async (data) => {
      await Deno.writeTextFile(`${data}/Users.csv`, "a\n1\n");
      await Deno.mkdir(`${data}/folder.csv`);
      const cases: readonly (readonly [OwnFile, string])[] = [
        [{ path: `${data}/none.csv` }, "none.csv: "],
        [{ path: `${data}/Users.csv` }, "a table has this name already"],
        [{ path: `${data}/Users.csv`, name: "media" }, "a table has this name already"],
        [{ path: `${data}/folder.csv` }, "Cannot read"],
        [{ path: `${data}/x.txt` }, "expected a name that ends in .csv"],
      ];
      for (const [file, message] of cases) {
        await assertRejects(
          () => openDataset(data, { engine, files: [file] }),
          UsageError,
          message,
        );
      }
    });
  });
}
