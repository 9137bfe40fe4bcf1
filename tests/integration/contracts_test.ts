/**
 * Validates the data contract and the data packages with their own tools, on the sample and on damaged
 * copies.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { TABLE_NAMES } from "../../schema/mod.ts";
import { temporary } from "../temporary.ts";
import { pythonTool } from "./tools.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const SAMPLE = `${ROOT}data/sample`;

const contractTool = () => pythonTool("datacontract", "datacontract-cli[duckdb]==1.2.8");
const packageTool = () => pythonTool("frictionless", "frictionless[pandas,parquet]==5.21.0");

async function output(program: string, args: readonly string[], cwd = ROOT): Promise<string> {
  const { stdout } = await new Deno.Command(program, { args: [...args], cwd, stderr: "null" })
    .output();
  return new TextDecoder().decode(stdout);
}

async function copyTables(to: string): Promise<void> {
  for (const table of TABLE_NAMES) {
    await Deno.mkdir(`${to}/${table}`, { recursive: true });
    const part = `${table}/part-00001.parquet`;
    await Deno.copyFile(`${SAMPLE}/tables/${part}`, `${to}/${part}`);
  }
}

/** Replaces the part of a table by a query, with the DuckDB of the contract's tool. */
async function rewrite(tables: string, table: string, select: string): Promise<void> {
  const python = (await contractTool()).replace(/datacontract$/, "python");
  const part = `${tables}/${table}/part-00001.parquet`;
  const code = `import duckdb
duckdb.sql("""create table t as from '${part}'""")
duckdb.sql("""copy (${select}) to '${part}' (format parquet)""")`;
  const { code: status } = await new Deno.Command(python, { args: ["-c", code] }).output();
  assertEquals(status, 0);
}

interface Verdict {
  readonly result: string;
  readonly checks: readonly { readonly name: string; readonly result: string }[];
}

/** Tests tables against the contract and returns the failed checks. */
async function contractFailures(folder: string): Promise<string[]> {
  const text = await Deno.readTextFile(`${ROOT}docs/schema/datacontract.yaml`);
  await Deno.writeTextFile(
    `${folder}/contract.yaml`,
    text.replace("path: data/tables/", `path: ${folder}/tables/`),
  );
  const args = ["test", "contract.yaml", "--output-format", "json", "--output", "verdict.json"];
  await output(await contractTool(), args, folder);
  const { checks }: Verdict = JSON.parse(await Deno.readTextFile(`${folder}/verdict.json`));
  assert(checks.length > 150);
  return checks.filter(({ result }) => result !== "passed" && result !== "warning")
    .map(({ name }) => name);
}

interface Report {
  readonly valid: boolean;
  readonly tasks: readonly { readonly errors: readonly { readonly type: string }[] }[];
}

/** Validates a package and returns the types of its errors. */
async function packageErrors(file: string): Promise<string[]> {
  const report = await output(await packageTool(), ["validate", file, "--json", "--trusted"]);
  const { tasks }: Report = JSON.parse(report);
  assertEquals(tasks.length, TABLE_NAMES.length);
  return [...new Set(tasks.flatMap(({ errors }) => errors.map(({ type }) => type)))].sort();
}

Deno.test("the data contract is valid, and its tool finds damaged tables", async () => {
  const lint = await output(await contractTool(), ["lint", "docs/schema/datacontract.yaml"]);
  assert(lint.includes("Data contract is valid"), lint);
  await using folder = await temporary();
  await copyTables(`${folder.path}/tables`);
  assertEquals(await contractFailures(folder.path), []);
  await rewrite(
    `${folder.path}/tables`,
    "users",
    "select * replace (case when row_number() over () = 1 then 'none' else gender end as gender) " +
      "from t union all (from t limit 1)",
  );
  await rewrite(`${folder.path}/tables`, "media", "from t limit 10");
  const failures = await contractFailures(folder.path);
  for (
    const expected of [
      "gender is female or male",
      "Check that primary key field user_id has no duplicate values",
      "Check that field media_id has no values missing from media.media_id",
      "Each person has one login",
    ]
  ) {
    assert(failures.includes(expected), failures.join("\n"));
  }
});

Deno.test("the data packages are valid for Parquet and CSV, and their tool finds invalid data", async () => {
  await using folder = await temporary();
  const [tables, csv] = [`${folder.path}/tables`, `${folder.path}/csv`];
  await copyTables(tables);
  await Deno.mkdir(csv);
  await Deno.copyFile(`${ROOT}docs/schema/datapackage.json`, `${tables}/datapackage.json`);
  await Deno.copyFile(`${ROOT}docs/schema/datapackage-csv.json`, `${csv}/datapackage.json`);
  for (const table of TABLE_NAMES) {
    const args = ["task", "-q", "query", "--data", "data/sample", "--format", "csv"];
    await Deno.writeTextFile(
      `${csv}/${table}.csv`,
      await output("deno", [...args, `from ${table}`]),
    );
  }
  assertEquals(await packageErrors(`${tables}/datapackage.json`), []);
  assertEquals(await packageErrors(`${csv}/datapackage.json`), []);

  await rewrite(tables, "media", "from t limit 10");
  assertEquals(await packageErrors(`${tables}/datapackage.json`), ["foreign-key"]);
  const users = (await Deno.readTextFile(`${csv}/users.csv`)).split("\n");
  const broken = [...users.slice(0, 2), users[1], ...users.slice(2)];
  await Deno.writeTextFile(`${csv}/users.csv`, broken.join("\n").replace(/,female,/, ",none,"));
  assertEquals(await packageErrors(`${csv}/datapackage.json`), [
    "constraint-error",
    "primary-key",
    "unique-error",
  ]);
});
