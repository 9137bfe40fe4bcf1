import { gunzipSync } from "node:zlib";
import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { keepRows, type LooseTables, sampleTables, writeTables } from "../quality/check/dataset.ts";
import { ada, pageOf } from "../people.ts";
import { filesUnder, Project } from "../project.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));

const project = await Project.copy();
globalThis.addEventListener("unload", () => Deno.removeSync(project.path(), { recursive: true }));

/** Writes a changed copy of the sample to `data/<name>` of the project. */
async function dataset(name: string, change: (tables: LooseTables) => void = () => {}) {
  const tables = await sampleTables();
  change(tables);
  await writeTables(project.path(`data/${name}`), tables);
  return `data/${name}`;
}

function check(...args: readonly string[]) {
  return project.run(["check", ...args], { env: { NO_COLOR: "1" } });
}

async function custom(name: string, text: string): Promise<string> {
  await Deno.mkdir(project.path("rules"), { recursive: true });
  await Deno.writeTextFile(project.path(`rules/${name}`), text);
  return `rules/${name}`;
}

Deno.test("valid tables pass with exit code 0, and the history grows", async () => {
  const data = await dataset("good");
  const first = await check("--data", data);
  assertEquals([first.status, first.err], [0, ""]);
  assertMatch(first.out, /^Checked tables: .*1,000 users.*\(wasm\)/);
  assertMatch(first.out, /\d+ passed, 4 skipped\n$/);
  const second = await check("--data", data, "--json");
  const { status, counts, expectations } = JSON.parse(second.out);
  assertEquals([second.status, status, counts.skipped, counts.failed], [0, 0, 0, 0]);
  const drift = expectations.find(({ kind }: { kind: string }) => kind === "no_drift");
  assertMatch(drift.observed, /^chi-square 0, 1 degree of freedom, p 1, since /);
  const history = await Deno.readTextFile(project.path(`${data}/checks/history.ndjson`));
  assertEquals(history.split("\n").filter((line) => line !== "").length, 2);
});

Deno.test("one person, page and row are printed in the singular", async () => {
  const one = ["extract", "--source", "synthetic", "--results", "1", "--out", "data/one"];
  const extracted = await project.run(one);
  assertMatch(extracted.err, /^1 person in .*\n\n {2}countries +1 row +[\d.]+ kB$/m);
  const planned = await project.run([...one, "--dry-run"]);
  assertMatch(planned.out, /^ {2}users +1 row$/m);
  const checked = await check("--data", "data/one");
  const tables = "1 country, 1 timezone, 1 media, 1 user, 1 login, 1 altid";
  assertStringIncludes(checked.out, `Checked tables: ${tables} on `);
  const page = JSON.stringify(pageOf([{ ...ada(), dob: "" }]));
  await Deno.writeTextFile(project.path("one.json"), page);
  const refused = await project.run(["extract", "--source", "one.json", "--out", "data/one"]);
  assertEquals(refused.status, 5);
  const rejected = await project.run(["rejects", "--failed", "--data", "data/one"]);
  assertMatch(rejected.out, /^1\. [^]* on 1 page: one\.json/m);
  const landed = await project.run(["land", ...one.slice(1, -1), "data/raw/one"]);
  assertMatch(landed.err, /^1 person on 1 page in 1 file under /);
  const report = await project.run(["report", "--data", "data/one", "--out", "data/one.html"]);
  assertEquals(report.status, 0);
  const html = await Deno.readTextFile(project.path("data/one.html"));
  assertStringIncludes(html, "1 person received, none of them failed a rule");
  const traced = await project.run(["lineage", "x", "--data", "data/one"]);
  assertStringIncludes(traced.err, "Cannot read 1 character as a user_id");
});

Deno.test("a failed expectation of severity error gives exit code 5 and the SQL that selects all failing rows", async () => {
  const data = await dataset("bad", ({ users }) => users["email"]!.values.fill("nobody", 0, 5));
  const { status, out } = await check("--data", data);
  assertEquals(status, 5);
  assertStringIncludes(out, "FAILED  users.email.matches_2");
  assertStringIncludes(out, "5 of 1,000 fail (0.5%)");
  assertMatch(out, /all of them: deno task query --data data\/bad ["']select \* from users where /);
  assert(!out.includes("nobody"));
});

Deno.test("a changed distribution is a warning with its figure", async () => {
  const data = await dataset("drift");
  await check("--data", data);
  await dataset("drift", ({ users }) => users["gender"]!.values.fill("male", 0, 250));
  const { status, out } = await check("--data", data);
  assertEquals(status, 0);
  assertStringIncludes(out, "warning  users.gender.no_drift");
  assertMatch(out, /found chi-square [\d.]+, 1 degree of freedom, p [\de.-]+, since 2/);
});

Deno.test("a custom expectation that cannot run gives exit code 2 and the reason", async () => {
  const data = await dataset("custom");
  const header = "-- name: mine\n-- table: users\n-- description: Mine\n";
  const path = await custom("broken.sql", `${header}select * from user where 1 = 1`);
  const { status, out } = await check("--data", data, "--custom", path);
  assertEquals(status, 2);
  assertMatch(out, /COULD NOT RUN {2}mine\n.*user/);
  const missing = await check("--data", data, "--custom", await custom("no.sql", "select 1"));
  assertEquals(missing.status, 2);
  assertStringIncludes(missing.err, "Cannot use rules/no.sql: -- name: is missing");
});

Deno.test("a failed expectation takes precedence over one that cannot run", async () => {
  const data = await dataset("both", ({ logins }) => keepRows(logins, (row) => row > 0));
  const header = "-- name: mine\n-- table: users\n-- description: Mine\n";
  const path = await custom("broken.sql", `${header}select nothing from users`);
  assertEquals((await check("--data", data, "--custom", path)).status, 5);
});

Deno.test("expectations in the folder of the dataset are used, also in TypeScript", async () => {
  const data = await dataset("own", ({ users }) => {
    users["registered_at"]!.values[0] = Date.parse("1900-01-01");
    users["email"]!.values.fill("someone@example.org", 0, 100);
  });
  await Deno.mkdir(project.path(`${data}/expectations`));
  for (const [name, bytes] of await filesUnder(`${ROOT}data/sample/expectations`)) {
    await Deno.writeFile(project.path(`${data}/expectations/${name}`), bytes);
  }
  const { status, out } = await check("--data", data);
  assertEquals(status, 5);
  assertStringIncludes(out, "FAILED  users.registered_after_birth");
  assertStringIncludes(out, "warning  users.email.domain");
  assertStringIncludes(out, "100 of 1,000 fail (10%, 1% may)");
});

Deno.test("a missing or damaged dataset gives exit code 7, missing pages give exit code 3", async () => {
  const none = await check("--data", "data/none");
  assertEquals(none.status, 7);
  assertStringIncludes(none.err, "Cannot read dataset");
  const data = await dataset("damaged");
  await Deno.writeTextFile(project.path(`${data}/tables/users/part-00001.parquet`), "PAR1 no");
  assertEquals((await check("--data", data)).status, 7);
  assertEquals((await check("--stage", "pages", "--source", "data/none")).status, 3);
});

Deno.test("an invalid request gives exit code 2", async () => {
  assertEquals((await check("--stage", "pages")).status, 2);
  assertEquals((await check("--stage", "database")).status, 2);
  assertEquals((await check("--custom", "rules/nowhere.sql")).status, 2);
});

Deno.test("a damaged manifest gives exit code 7, and tables without one are treated as another engine's", async () => {
  const data = await dataset("stale");
  const manifest = project.path(`${data}/tables/manifest.json`);
  await Deno.writeTextFile(manifest, "{ not json");
  assertEquals((await check("--data", data)).status, 7);
  await Deno.remove(manifest);
  assertEquals((await check("--data", data)).status, 0);
});

Deno.test("pages are checked before tables exist", async () => {
  const { status, out } = await check("--stage", "pages", "--source", `${ROOT}data/sample/pages`);
  assertEquals(status, 0);
  assertMatch(out, /^Checked pages: 2 pages, 1,000 people, in/);
});

Deno.test("pages from stdin are checked together with files", async () => {
  const saved = await Deno.readFile(`${ROOT}data/sample/pages/page-1.json.gz`);
  const page = gunzipSync(saved).toString();
  const args = ["check", "--stage", "pages", "--source", "-", `${ROOT}data/sample/pages`];
  const { status, out } = await project.run(args, { stdin: `${page}\n${page}` });
  assertEquals(status, 0);
  assertMatch(out, /^Checked pages: 4 pages, 2,000 people, in/);
  const damaged = await project.run(args.slice(0, -1), { stdin: page.slice(0, -9) });
  assertStringIncludes(damaged.out, "page: stdin · rule: json");
});

Deno.test("a history that cannot be written does not change the result", async () => {
  const data = await dataset("readonly");
  await Deno.writeTextFile(project.path(`${data}/checks`), "in the way");
  const { status, out, err } = await check("--data", data);
  assertEquals(status, 0);
  assertMatch(out, /passed/);
  assertStringIncludes(err, `Cannot write ${data}/checks`);
});

Deno.test("a history outside the folders that check may write does not change the result", async () => {
  const data = "elsewhere";
  await writeTables(project.path(data), await sampleTables());
  const { status, out, err } = await check("--data", data);
  assertEquals(status, 0);
  assertMatch(out, /passed/);
  assertMatch(err, /^Cannot use ".*elsewhere.checks": the task has no write permission\nRun it /);
});

Deno.test("an option of one stage is refused for another", async () => {
  const to = await check("--to", "mysql://a@localhost:1/b");
  assertEquals(to.status, 2);
  assertStringIncludes(to.err, "It is for --stage database");
  const source = await check("--stage", "database", "--source", "pages");
  assertEquals(source.status, 2);
  assertStringIncludes(source.err, "It is for --stage pages");
});

Deno.test("network access is allowed only when a database is checked", async () => {
  const path = await custom(
    "reaches.ts",
    'await fetch("http://127.0.0.1:8686");\nexport default 1;\n',
  );
  const { status, err } = await check("--data", await dataset("reach"), "--custom", path);
  assertEquals(status, 2);
  assertStringIncludes(err, "the task has no net permission");
});
