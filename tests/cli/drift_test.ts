import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { ROOT } from "../layers.ts";
import { Project } from "../project.ts";

const project = await Project.copy();
globalThis.addEventListener("unload", () => Deno.removeSync(project.path(), { recursive: true }));

function drift(...args: readonly string[]) {
  return project.run(["drift", ...args], { env: { NO_COLOR: "1" } });
}

/** Writes a changed page and returns its path. */
// deno-lint-ignore no-explicit-any
async function page(name: string, change: (page: any) => void): Promise<string> {
  const path = `data/${name}.json`;
  const body = JSON.parse(syntheticPage({ seed: "a", version: "1.4", page: 1, results: 500 }));
  change(body);
  await Deno.mkdir(project.path("data"), { recursive: true });
  await Deno.writeTextFile(project.path(path), JSON.stringify(body));
  return path;
}

Deno.test("data that matches the schema gives exit code 0", async () => {
  for (const args of [["--source", "synthetic"], ["--data", `${ROOT}data/sample`]]) {
    const { status, out, err } = await drift(...args);
    assertEquals([status, err], [0, ""]);
    assertStringIncludes(out, "no difference");
  }
});

Deno.test("a page that differs gives exit code 6 and is shown without its values", async () => {
  const path = await page("changed", ({ results }) => results[4].email = ["pl4nted"]);
  const text = await drift("--source", path);
  assertEquals(text.status, 6);
  assertStringIncludes(text.out, `list, first in ${path}, row 4; 1 person of 500`);
  assertStringIncludes(text.out, "What to do:");
  const json = await drift("--source", path, "--json");
  assertEquals(json.status, 6);
  const { differences } = JSON.parse(json.out);
  assertEquals(differences.length, 1);
  assertEquals(differences[0].kind, "retyped_field");
  assert(!`${text.out}${json.out}`.includes("pl4nted"));
});

const REFUSED: readonly (readonly [readonly string[], string])[] = [
  [["--source", "sample", "--data", "data"], "Cannot use --source with --data"],
  [["--to", "mysql://a@h/b", "--data", "data"], "Cannot use --to with --data"],
  [["--data", "data", "--out", "data/x"], "Cannot use --out without a database"],
  [["--update"], "Cannot use --update without --out"],
  [["--api", "http://127.0.0.1"], "Cannot use --api without --source"],
  [["--source", "sample", "--api-version", "1.3"], "Leave --api-version out"],
  [["--to", "mysql://a:pl4nted@h/b"], "Put the URL into DEBR_DATABASE_URL"],
  [[], "Cannot connect: no database is named"],
];

for (const [args, says] of REFUSED) {
  Deno.test(`refused: drift ${args.map((arg) => arg.replace("pl4nted", "…")).join(" ")}`, async () => {
    const { status, out, err } = await drift(...args);
    assertEquals([status, out], [2, ""]);
    assertStringIncludes(err, says);
    assert(!err.includes("pl4nted"));
  });
}

Deno.test("missing pages give exit code 3, missing tables exit code 7", async () => {
  assertEquals((await drift("--source", "data/none")).status, 3);
  assertEquals((await drift("--data", "data/none")).status, 7);
});
