/**
 * The report shows the content of a dataset without personal values. It loads no files and runs no
 * scripts.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { TABLE_NAMES } from "../../schema/mod.ts";
import { DestinationError, UsageError } from "../../etl/common/errors.ts";
import { writeReport } from "../../etl/report/mod.ts";
import { extracted } from "../extracted.ts";
import { temporary } from "../temporary.ts";
import { PLANTED, plantedDataset, TRACES, VALID } from "./planted.ts";
import { nextOf } from "../next.ts";

const NOW = Date.UTC(2030, 0, 2, 3, 4);
const effects = { now: () => NOW };

async function reportOf(data: string, folder: string): Promise<string> {
  const out = `${folder}/report.html`;
  const { bytes } = await writeReport(out, { data, effects });
  const html = await Deno.readTextFile(out);
  assertEquals(new TextEncoder().encode(html).length, bytes);
  return html;
}

/** Returns the rows of the table with a caption as text. */
function rowsOf(html: string, caption: string): string[] {
  const [, body = ""] = html.split(`<caption>${caption}</caption>`);
  const [rows = ""] = body.split("</table>");
  return rows.split("<tr>").slice(2).map((row) =>
    row.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim()
  );
}

/** Markup that a browser would fetch or run. */
const LOADS = [
  /<(script|iframe|object|embed|img|image|use|base|form|video|audio|source)\b/i,
  /<link(?! rel="icon" href="data:,")/i,
  /\b(src|srcset|action|formaction|poster|on[a-z]+)=/i,
  /href="(?!#|data:,)/i,
  /@import|url\((?!data:)/i,
];

Deno.test("planted personal, sensitive and secret values are nowhere in the report", async () => {
  await using folder = await temporary();
  const data = await plantedDataset(folder.path);
  const html = await reportOf(data, folder.path);
  const lower = html.toLowerCase();
  assert(TRACES.length > Object.keys(PLANTED).length);
  assertEquals(TRACES.filter((trace) => lower.includes(trace.toLowerCase())), []);
  for (const load of LOADS) assertEquals(load.exec(html)?.[0], undefined);
  // The masked values must be present, or the test would pass on an empty page.
  assertStringIncludes(html, "XX9999X");
  assertStringIncludes(html, "xxxxxx@xxxxxx.xxxxxxx");
  assertStringIncludes(html, ">hidden<");
});

Deno.test("plots omit groups of fewer than five people", async () => {
  await using folder = await temporary();
  const html = await reportOf(await plantedDataset(folder.path), folder.path);
  assertStringIncludes(html, "Left out: 1 person in groups of fewer than 5.");
  assertEquals(rowsOf(html, "Registrations over time"), [`2011 ${VALID}`]);
  assertEquals(rowsOf(html, "Ages by gender"), [`80–84 ${VALID} 0`]);
  assertEquals(rowsOf(html, "Postcodes by kind"), [`XX9999X ${VALID}`]);
  assert(!html.includes("95–99"));
});

Deno.test("the report lists rejects by cause, and the pages of a run", async () => {
  await using folder = await temporary();
  const html = await reportOf(await plantedDataset(folder.path), folder.path);
  const causes = rowsOf(html, "Rejects by cause");
  assertEquals(causes.map((row) => row.split(" ")[0]).sort(), [
    "id.value",
    "location.postcode",
    "login.sha256",
  ]);
  assertStringIncludes(html, "3 of 12 people (25%) failed a rule");
  assertStringIncludes(html, "One run so far: 9 people");
  assertMatch(rowsOf(html, "Batches and their pages")[0] ?? "", /page-1\.json$/);
});

Deno.test("the report of the sample is small and complete", async () => {
  await using folder = await temporary();
  const html = await reportOf("data/sample", folder.path);
  assert(html.length < 400_000, `${html.length} bytes`);
  for (const load of LOADS) assertEquals(load.exec(html)?.[0], undefined);
  assertStringIncludes(html, "1,000 people in six tables");
  for (const table of TABLE_NAMES) {
    assertEquals(rowsOf(html, `First rows of ${table}, masked`).length > 4, true, table);
  }
  assertEquals(rowsOf(html, "People by country").length, 21);
  assertEquals(rowsOf(html, "Time zones").length, 30);
  assertMatch(rowsOf(html, "Columns of users")[1] ?? "", /^gender .* public 0 2 female to male/);
  const manifest = JSON.parse(await Deno.readTextFile("data/sample/tables/manifest.json"));
  assertStringIncludes(html, manifest.tables.users.parts[0].sha256);
  assertEquals(html.match(/<svg/g)?.length, 6);
  assert(!html.includes("⚠"));
});

Deno.test("headings are in order, ids are unique, and plots use only colours of the style sheet", async () => {
  await using folder = await temporary();
  const html = await reportOf("data/sample", folder.path);
  const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  assertEquals(levels[0], 1);
  assertEquals(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1), []);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assertEquals(ids.length, new Set(ids).size);
  const [, drawn = ""] = /<\/style>([^]*)/.exec(html) ?? [];
  assertEquals([...new Set(drawn.match(/="(#[0-9a-f]{3,8}|white|black)"/g))], []);
});

Deno.test("the report shows the growth of runs, and the same facts give the same bytes", async () => {
  await using folder = await temporary();
  const data = `${folder.path}/data`;
  for (const results of [20, 30]) await extracted({ source: "synthetic", results }, { root: data });
  const html = await reportOf(data, folder.path);
  const rows = rowsOf(html, "Growth over the last runs");
  assertEquals(rows.map((row) => row.split(" ")[0]), ["1", "2"]);
  assertMatch(rows[1] ?? "", / 30 0 [\d.]+$/);
  assertEquals(await reportOf(data, folder.path), html);
});

Deno.test("a missing dataset and an output that is no HTML file are refused", async () => {
  await using folder = await temporary();
  const out = `${folder.path}/report.html`;
  await assertRejects(() => writeReport(out, { data: folder.path }), DestinationError, "none in");
  const error = await assertRejects(
    () => writeReport("data/report.pdf", { data: "data/sample" }),
    UsageError,
    "not an HTML file",
  );
  assertStringIncludes(nextOf(error), "--out");
});
