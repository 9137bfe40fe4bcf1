import { assert, assertEquals } from "@std/assert";
import { appendHistory } from "../../etl/load/dataset/history.ts";
import { writeReport } from "../../etl/report/mod.ts";
import { extracted } from "../extracted.ts";
import { temporary } from "../temporary.ts";

Deno.test("the report shows expectations with the results of the last checks", async () => {
  await using folder = await temporary();
  const data = `${folder.path}/data`;
  await extracted({ source: "synthetic", results: 40 }, { root: data });
  const out = `${folder.path}/report.html`;
  const shown = async () => {
    await writeReport(out, { data });
    return await Deno.readTextFile(out);
  };
  const before = await shown();
  assert(!before.includes("users.email.matches"));
  for (const [at, verdict] of [["2030-01-01", "passed"], ["2030-01-02", "failed"]] as const) {
    const outcome = { verdict, severity: "error", total: 40, failed: 3 } as const;
    await appendHistory(data, {
      at: `${at}T00:00:00.000Z`,
      stage: "tables",
      passed: verdict === "passed",
      rows: { users: 40 },
      expectations: { "users.email.matches": outcome },
      profile: {},
    });
  }
  const after = await shown();
  const failed = '<span class="failed">✕ failed</span>';
  assert(!before.includes(failed));
  for (const part of ["users.email.matches", "2030-01-02", failed, "3 of 40 fail"]) {
    assertEquals([part, after.includes(part)], [part, true]);
  }
});
