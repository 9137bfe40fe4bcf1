/**
 * The six tables made by `extract` and by the dbt models on DuckDB and Spark, from the same landed
 * pages. The rows must be equal, and debr's commands must read the tables of all engines.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { committedRejects, readRejects } from "../../etl/load/dataset/mod.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { TABLE_NAMES } from "../../schema/mod.ts";
import { extracted } from "../extracted.ts";
import { landed, rewrite } from "../run/land/landed.ts";
import { ROOT } from "../layers.ts";
import { assertSameRows, expectedRows } from "./compare.ts";
import { hashesUnder } from "../project.ts";
import { dbt, type DbtEngine, type DbtRun, installDbt } from "./dbt.ts";
import { hardPages } from "./elt_people.ts";
import { runLoad, session } from "./load_support.ts";
import { available, run, startPostgres } from "./servers.ts";
import { debianTools } from "./tools.ts";
import { blocksBelow, cloneProject, type } from "./typed.ts";

/** Folder of pages from the real API, which may be missing. */
const REAL = `${ROOT}../shared/real`;

/** Readable real pages; some have no valid person. */
const REAL_PAGES = /^v1\.(3|4)-/;

/** Below `data`, because debr's commands write only there. */
const WORK = `${ROOT}data/elt-test`;

const ENGINES: readonly DbtEngine[] = ["duckdb", "spark"];

Deno.test.beforeAll(async () => {
  await Deno.remove(WORK, { recursive: true }).catch(() => undefined);
  for (const engine of ENGINES) await installDbt(engine);
});

Deno.test.afterAll(() => Deno.remove(WORK, { recursive: true }));

/** Copies the sample's, the real and the difficult pages into one folder. */
async function gatherPages(folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const copy = async (from: string, files: RegExp) => {
    for await (const { name } of Deno.readDir(from)) {
      if (files.test(name)) await Deno.copyFile(`${from}/${name}`, `${folder}/${name}`);
    }
  };
  await copy(`${ROOT}data/sample/pages`, /./);
  if (await Deno.stat(REAL).then(() => true, () => false)) await copy(REAL, REAL_PAGES);
  for (const [at, page] of hardPages().entries()) {
    await Deno.writeTextFile(`${folder}/z-hard-${at}.json`, JSON.stringify(page));
  }
  return folder;
}

async function assertSameTables(actual: string, expected: string): Promise<void> {
  for (const table of TABLE_NAMES) {
    const [found, wanted] = [
      await expectedRows(actual, table),
      await expectedRows(expected, table),
    ];
    const at = wanted.findIndex((row, index) => row !== found[index]);
    assertEquals(found[at], wanted[at], `${table}: first row that differs`);
    assertEquals(found.length, wanted.length, table);
  }
}

/** Runs one of debr's tasks as the command line does. */
async function task(name: string, args: readonly string[], cwd = ROOT) {
  const lock = "--lock=deno.lock";
  return await run("deno", ["run", "-q", lock, `-P=${name}`, "main.ts", name, ...args], {
    cwd,
    env: { NO_COLOR: "1" },
  });
}

/** Lists the rejects of `extract` as `page row path rule`. */
async function rejectsOf(root: string): Promise<string[]> {
  const rejects = await Array.fromAsync(readRejects(await committedRejects(root)));
  return rejects.map(({ page, row, path, rule }) =>
    [page.replace(/.*#/, ""), row, path, rule].join(" ")
  ).sort();
}

/** Lists the rejects of the dbt model in the same format. */
async function rejectsIn(where: DbtRun): Promise<string[]> {
  const query = "select page, row, path, rule from {{ ref('rejected_people') }}";
  const show = ["show", "-q", "--inline", query, "--output", "json", "--limit", "-1"];
  const { status, output } = await dbt(where, show);
  assertEquals(status, 0, output);
  const json = output.slice(output.indexOf("{\n"), output.lastIndexOf("]\n}") + 3);
  return JSON.parse(json).show.map((row: Record<string, unknown>) =>
    [row["page"], row["row"], row["path"], row["rule"]].join(" ")
  ).sort();
}

/** Arguments that build the validated people and run only the tests that follow. */
const ONLY = ["build", "--indirect-selection", "cautious", "--select", "validated_people"];

const at = (name: string) => `${WORK}/${name}`;

Deno.test("extract, DuckDB and Spark make the same rows from sample, real and difficult pages", async (t) => {
  const source = await gatherPages(at("pages"));
  const landing = await landed({ source }, { out: at("raw") });
  const { manifest } = await extracted({ source }, { root: at("extract") });
  assert(manifest.people.rejected > 50 && manifest.people.repeated > 300);
  await extracted({ source: at("raw") }, { root: at("extract-raw") });
  const rejects = await rejectsOf(at("extract-raw"));
  assertEquals(rejects.length, manifest.people.rejected);
  const vars = ["--vars", "max_rejects: 1"];
  for (const engine of ENGINES) {
    await t.step(engine, async () => {
      const where = { engine, raw: at("raw"), data: at(engine), scratch: at(`${engine}-scratch`) };
      const { status, output } = await dbt(where, ["build", ...vars]);
      assertEquals(status, 0, output);
      assert(/PASS=[5-9]\d /.test(output), output);
      await assertSameTables(at(engine), at("extract"));
      assertEquals(await rejectsIn(where), rejects);
    });
  }

  const { path: complete } = landing.files[0]!;
  await Deno.mkdir(at("older"));
  await Deno.copyFile(complete, complete.replace("/raw/", "/older/"));
  await rewrite(
    complete.replace("/raw/", "/older/"),
    (text) => text.replaceAll(/"schema":"\w+",/g, "").replaceAll(/"valid":.*?(?="person":)/g, ""),
  );
  for (const engine of ENGINES) {
    await t.step(`${engine} refuses people without a verdict`, async () => {
      const where = { engine, raw: at("older"), data: at("no"), scratch: at(`${engine}-older`) };
      const { status, output } = await dbt(where, ["run", "--select", "validated_people"]);
      assertEquals(status, 1, output);
      assertStringIncludes(output, "their verdicts are missing or follow other rules");
      assertStringIncludes(output, `deno task land --source ${at("older")} --out ${at("older")}`);
    });
  }
  await t.step("landing them again gives the same files", async () => {
    await landed({ source: at("older") }, { out: at("older") });
    assertEquals(await hashesUnder(at("older")), await hashesUnder(at("raw")));
  });

  await t.step("a second build replaces the tables", async () => {
    const where = {
      engine: "duckdb" as const,
      raw: at("raw"),
      data: at("duckdb"),
      scratch: at("again"),
    };
    const { status, output } = await dbt(where, ["run", "--select", "+users"]);
    assertEquals(status, 0, output);
    await assertSameTables(at("duckdb"), at("extract"));
  });

  await t.step("the build fails on too many rejects, missing and foreign pages", async () => {
    const where = { engine: "duckdb" as const, raw: at("raw"), data: at("no"), scratch: at("no") };
    const few = await dbt(where, [...ONLY, "rejects_are_few"]);
    assertEquals(few.status, 1);
    assertStringIncludes(few.output, "rejects_are_few");
    const wanted = { source: "synthetic", results: 40, pageSize: 10, seed: "s" };
    const raw = at("lacking");
    await landed(wanted, { out: raw, range: { from: 1, to: 3 } });
    const test = [...ONLY, "landed_pages_are_whole"];
    const lacking = await dbt({ ...where, raw }, test);
    assertEquals(lacking.status, 1, lacking.output);
    await landed(wanted, { out: raw, range: { from: 4, to: 4 } });
    const complete = await dbt({ ...where, raw }, test);
    assertEquals(complete.status, 0, complete.output);
    await landed({ ...wanted, seed: "t" }, { out: at("t"), range: { from: 1, to: 4 } });
    await Deno.rename(
      `${at("t")}/pages-000001-000004.ndjson.gz`,
      `${raw}/pages-000001-000004.ndjson.gz`,
    );
    assertEquals((await dbt({ ...where, raw }, test)).status, 1);
  });
});

/** The installation commands of the document, which the test replaces by copies. */
const INSTALL = {
  duckdb: "python3 -m venv .venv && .venv/bin/pip install -r deploy/dbt/requirements.txt",
  spark:
    "python3 -m venv .venv-spark && .venv-spark/bin/pip install -r deploy/dbt/requirements-spark.txt",
} as const;

const installed = (engine: DbtEngine, folder: string) => ({
  [INSTALL[engine]]: `cp -a ${ROOT}data/dbt-${engine}/venv ${folder}`,
});

/** The commands of `deno task ok` without tests; none may check installed or built files. */
const GATE = [
  ["fmt", "--check", "-q"],
  ["lint", "-q"],
  ["check", "-q", "--lock=deno.lock", "."],
  ["test", "-q", "--permit-no-files", ".venv", ".venv-spark", "deploy/dbt"],
  ["task", "docs", "--check"],
];

Deno.test("the commands of docs/elt.md work with 100,000 people and give the same rows", async (t) => {
  assert(await debianTools({ git: "git" }));
  const guide = await Deno.readTextFile(`${ROOT}docs/elt.md`);
  await using project = await cloneProject();
  const cwd = project.path;
  const block = (heading: string) => blocksBelow(guide, heading)[0]!;
  await using api = await startMockApi({ limit: 0 });
  await extracted({ source: "synthetic", results: 100_000, pageSize: 5000, seed: "debr" }, {
    root: at("many-extract"),
  });

  await t.step("land", async () => {
    await type(block("## Land"), cwd, { "--seed nightly": `--seed nightly --api ${api.url}` });
  });
  await t.step("build on DuckDB", async () => {
    const out = await type(block("## Build"), cwd, installed("duckdb", ".venv"));
    assertStringIncludes(out, "│ AU           │");
    await assertSameTables(`${cwd}/data/elt`, at("many-extract"));
  });
  await t.step("a custom model runs in the same shell", async () => {
    const exports = block("## Build").lines.match(/^export .*\n/gm) ?? [];
    const { lines, shown } = block("### Your own model");
    await type({ lines: exports.join("") + lines, shown }, cwd);
  });
  await t.step("build on Spark", async () => {
    const out = await type(block("### On Spark"), cwd, installed("spark", ".venv-spark"));
    assertStringIncludes(out, "│ AU           │");
    await assertSameTables(`${cwd}/data/spark`, at("many-extract"));
  });

  for (const engine of ENGINES) {
    const data = { duckdb: "data/elt", spark: "data/spark" }[engine];
    await t.step(`query and check the tables of ${engine}`, async () => {
      const people = "select country_code, count(*) as people, min(user_id) as first, " +
        "max(date_of_birth) as born, min(latitude) as south from users join logins using (user_id) " +
        "group by all order by all";
      const expected = await task("query", [
        "--data",
        at("many-extract"),
        "--format",
        "json",
        people,
      ]);
      assertEquals(JSON.parse(expected).length, 21);
      const own = "select count(*)::int as n from people_by_country";
      for (const with_ of ["wasm", "native"]) {
        const ask = (sql: string) =>
          task("query", ["--data", data, "--engine", with_, "--format", "json", sql], cwd);
        assertEquals(await ask(people), expected);
        assertEquals(JSON.parse(await ask(own)), [{ n: 21 }]);
      }
      const { failed, errors } = JSON.parse(await task("check", ["--data", data, "--json"], cwd));
      assertEquals([failed ?? 0, errors ?? 0], [0, 0]);
    });
  }

  await t.step("`deno task ok` and git see only the new model", async () => {
    const planted = 'let x : number = "no"; Deno.test("no", () => { throw x })';
    for (const folder of [".venv", "deploy/dbt/target", "deploy/dbt/logs"]) {
      await Deno.writeTextFile(`${cwd}/${folder}/planted_test.ts`, planted);
    }
    const status = await run("git", ["status", "--porcelain"], { cwd });
    const model = "?? deploy/dbt/models/tables/people_by_country.sql";
    assertEquals(status.split("\n").filter((line) => !line.startsWith("A ")), [model, ""]);
    for (const step of GATE) await run("deno", step, { cwd, env: { NO_COLOR: "1" } });
  });

  const isThere = await available("postgresql");
  await t.step({
    name: "load the tables of Spark",
    ignore: !isThere,
    fn: () => loadsSpark(`${cwd}/data/spark`),
  });
});

/** Loads the partitioned files of Spark, whose UUIDs are text, and compares all rows. */
async function loadsSpark(data: string): Promise<void> {
  await using server = await startPostgres(["fsync=off"]);
  const url = server.url("people");
  const { status, err } = await runLoad(url, ["--data", data, "--json"]);
  assertEquals(status, 0, err);
  await using database = await session(url);
  await assertSameRows(database, at("many-extract"));
}
