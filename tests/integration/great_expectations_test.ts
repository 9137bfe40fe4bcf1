/**
 * Compares Great Expectations, as `deploy/great_expectations` runs it, with `check`. Installs it once into
 * a folder that git ignores.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals } from "@std/assert";
import { suiteOf } from "../../etl/quality/check/suite.ts";
import { statusOf } from "../../etl/quality/check/result.ts";
import { checkTables } from "../../etl/quality/check/tables.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { BROKEN } from "../quality/check/broken.ts";
import { sampleTables, writeTables } from "../quality/check/dataset.ts";
import { temporary } from "../temporary.ts";
import { retried } from "./servers.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));
const DEPLOY = `${ROOT}deploy/great_expectations`;
const WORK = `${ROOT}data/great_expectations`;
const PYTHON = `${WORK}/venv/bin/python`;

/** The result of an expectation. */
interface Result {
  readonly verdict: string;
  readonly failed: number | null;
}

async function run(
  program: string,
  args: readonly string[],
): Promise<{ code: number; out: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: ROOT,
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0 && code !== 5) return { code, out: decoder.decode(stderr) };
  return { code, out: decoder.decode(stdout) };
}

async function install(): Promise<void> {
  const pins = await Deno.readTextFile(`${DEPLOY}/requirements.txt`);
  const marker = `${WORK}/installed`;
  if (await Deno.readTextFile(marker).catch(() => "") === pins) return;
  await Deno.mkdir(WORK, { recursive: true });
  await retried(async () => {
    for (
      const [program, ...args] of [
        ["python3", "-m", "venv", "--clear", `${WORK}/venv`],
        [PYTHON, "-m", "pip", "install", "-q", "-r", `${DEPLOY}/requirements.txt`],
      ] as const
    ) {
      const { code, out } = await run(program, args);
      assertEquals(code, 0, out);
    }
  });
  await Deno.writeTextFile(marker, pins);
}

/** Returns the results of `check` by name of the expectation. */
async function ofDebr(data: string): Promise<{ status: number; results: Map<string, Result> }> {
  const dataset = await openDataset(data);
  const written = () => Promise.resolve(Date.now());
  const evaluated = await checkTables(suiteOf("tables"), { dataset, now: Date.now(), written });
  dataset.close();
  const results = evaluated.outcomes.map(({ expectation: { name }, verdict, failed = null }) =>
    [name, { verdict, failed }] as const
  );
  return { status: statusOf(evaluated), results: new Map(results) };
}

/** Checks several datasets in one process, because a start takes seconds. */
const MANY = `
import json, sys
sys.path.insert(0, ${JSON.stringify(DEPLOY)})
import run
suites = json.loads(run.SUITE.read_text(encoding="utf-8"))
for data in sys.argv[1:]:
    results = run.check(data, suites)
    print(json.dumps({"status": run.status_of(results), "expectations": results}))
`;

Deno.test("Great Expectations and `check` give the same results", async (t) => {
  await install();
  await using folder = await temporary();
  const ways = Object.entries(BROKEN);
  for (const [at, [, change]] of ways.entries()) {
    const tables = await sampleTables();
    change(tables);
    await writeTables(`${folder.path}/${at}`, tables);
  }
  const datasets = [`${ROOT}data/sample`, ...ways.map((_, at) => `${folder.path}/${at}`)];
  const { code, out } = await run(PYTHON, ["-c", MANY, ...datasets]);
  assertEquals(code, 0, out);
  const answers = out.trim().split("\n").map((line) => JSON.parse(line));
  const names = ["the sample is valid", ...ways.map(([name]) => name)];
  for (const [at, name] of names.entries()) {
    await t.step(name, async () => {
      const debr = await ofDebr(datasets[at]!);
      const { status, expectations } = answers[at];
      assertEquals(status, debr.status);
      assertEquals(status, at === 0 ? 0 : name.startsWith("shares") ? 0 : 5);
      assert(expectations.length > 100);
      for (const { name, verdict, failed } of expectations) {
        const expected = debr.results.get(name);
        assertEquals([name, verdict], [name, expected?.verdict ?? "unknown"]);
        const counted = failed !== null && expected?.failed !== null;
        if (counted) assertEquals([name, failed], [name, expected?.failed]);
      }
    });
  }
});

Deno.test("the runner's exit code reports whether the data is valid", async () => {
  await install();
  const runner = (data: string) => run(PYTHON, [`${DEPLOY}/run.py`, "--data", data]);
  const good = await runner("data/sample");
  assertEquals(good.code, 0);
  assert(/^(\d+) of \1 passed$/m.test(good.out), good.out);
  await using folder = await temporary();
  const tables = await sampleTables();
  tables.users["email"]!.values.fill("planted");
  await writeTables(folder.path, tables);
  const bad = await runner(folder.path);
  assertEquals(bad.code, 5);
  assert(bad.out.includes("failed (critical)  users.email.matches_2: 1000 fail"), bad.out);
  assert(!bad.out.includes("planted"));
  assertEquals((await runner(`${folder.path}/none`)).code, 1);
});
