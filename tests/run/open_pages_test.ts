import { assert, assertEquals } from "@std/assert";
import { findScanner } from "../../etl/run/open_pages.ts";
import { hashesUnder, Project } from "../project.ts";

Deno.test("extract writes the same tables without the folder of the byte scanner", async () => {
  assert(await findScanner() !== undefined);
  await using project = await Project.copy({ sample: true });
  const landed = project.path("data/landed");
  const tablesOf = async (source: string, out: string) => {
    const { status, err } = await project.run(["extract", "--source", source, "--out", out]);
    assertEquals(status, 0, err);
    const { "manifest.json": _, ...tables } = await hashesUnder(project.path(`${out}/tables`));
    return tables;
  };
  const land = await project.run(["land", "--source", "sample", "--out", "data/landed"]);
  assertEquals(land.status, 0, land.err);
  const scanned = await tablesOf("sample", "data/scanned");
  assert(Object.keys(scanned).length >= 6);
  await Deno.remove(project.path("etl/transform/validate/fast"), { recursive: true });
  assertEquals(await tablesOf("sample", "data/parsed"), scanned);
  assertEquals(await tablesOf(landed, "data/landed_parsed"), scanned);
});
