/**
 * The report in a real Chromium; `look.ts` finds problems.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals } from "@std/assert";
import { writeReport } from "../../etl/report/mod.ts";
import { extracted } from "../extracted.ts";
import { plantedDataset } from "../report/planted.ts";
import { temporary } from "../temporary.ts";
import { chromiumPath } from "./chromium.ts";

const LOOK = pathOfUrl(new URL("./look.ts", import.meta.url));

/** Returns the problems of a page. */
async function problemsOf(path: string): Promise<string[]> {
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "-q", "-A", LOOK, await chromiumPath(), path],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function assertNoProblems(data: string, folder: string): Promise<void> {
  const out = `${folder}/report.html`;
  const { bytes } = await writeReport(out, { data });
  assert(bytes < 2_000_000, `${bytes} bytes`);
  assertEquals(await problemsOf(out), []);
}

Deno.test("the report of the sample has no problems in Chromium", async () => {
  await using folder = await temporary();
  await assertNoProblems("data/sample", folder.path);
});

Deno.test("the report of 100,000 people has no problems in Chromium", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  for (const results of [1000, 100_000]) {
    await extracted({ source: "synthetic", results }, { root });
  }
  await assertNoProblems(root, folder.path);
});

Deno.test("the report of few people and some rejects has no problems in Chromium", async () => {
  await using folder = await temporary();
  await assertNoProblems(await plantedDataset(folder.path), folder.path);
});

Deno.test("problems of width, contrast, console and network are found", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/wrong.html`;
  await Deno.writeTextFile(
    path,
    `<!DOCTYPE html><html><title>Wrong</title><main><h1>Wrong</h1>
     <p style="width: 2000px; color: #eee; background: #fff">Too wide and too pale</p></main>
     <script>console.log("talkative")</script><script src="http://127.0.0.1:9/x.js"></script>`,
  );
  const found = (await problemsOf(path)).join("\n");
  for (
    const fault of ["pixels wide", "color-contrast", "html-has-lang", "talkative", "requests http"]
  ) {
    assert(found.includes(fault), `${fault} is not in:\n${found}`);
  }
});
