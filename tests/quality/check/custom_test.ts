import { pathOfUrl } from "../../../etl/common/path.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { loadCustom, sqlExpectation } from "../../../etl/quality/check/custom.ts";
import { type Expectation, expectation } from "../../../etl/quality/check/expectation.ts";
import { checkTables } from "../../../etl/quality/check/tables.ts";
import { UsageError } from "../../../etl/common/errors.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import { inUtf16 } from "../../utf16.ts";
import { temporary } from "../../temporary.ts";
import { brokenDataset, type LooseTables } from "./dataset.ts";

const EXAMPLES = pathOfUrl(new URL("../../../data/sample/expectations", import.meta.url));

async function evaluated(
  expectations: readonly Expectation[],
  change: (tables: LooseTables) => void,
) {
  await using folder = await brokenDataset(change, 20);
  const dataset = await openDataset(folder.path);
  try {
    const written = () => Promise.resolve(undefined);
    return (await checkTables(expectations, { dataset, now: 0, written })).outcomes;
  } finally {
    dataset.close();
  }
}

Deno.test("the sample's SQL and TypeScript expectations pass on good tables and fail on bad ones", async () => {
  const custom = await loadCustom(EXAMPLES);
  assertEquals(custom.map(({ name }) => name), [
    "users.email.domain",
    "users.registered_after_birth",
  ]);
  const good = await evaluated(custom, () => {});
  assertEquals(good.map(({ verdict }) => verdict), ["passed", "passed"]);
  const bad = await evaluated(custom, ({ users }) => {
    users["email"]!.values[0] = "someone@example.org";
    users["registered_at"]!.values[1] = Date.parse("1900-01-01");
  });
  assertEquals(bad.map(({ verdict, failed }) => [verdict, failed]), [["failed", 1], ["failed", 1]]);
});

const HEADER = [
  "-- name: users.mine",
  "-- table: users",
  "-- severity: warn",
  "-- mostly: 0.9",
  "-- description: Mine",
];

Deno.test("the comments of a .sql file define the expectation", () => {
  const { name, table, severity, mostly, description, rule } = sqlExpectation(
    "mine.sql",
    [...HEADER, "select 1"].join("\r\n"),
  );
  assertEquals(
    { name, table, severity, mostly, description, kind: rule.kind },
    {
      name: "users.mine",
      table: "users",
      severity: "warn",
      mostly: 0.9,
      description: "Mine",
      kind: "violations",
    },
  );
});

Deno.test("a .sql file in UTF-16 from PowerShell is read like one in UTF-8", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/mine.sql`;
  const text = [...HEADER, "select 1"].join("\r\n");
  for (const bytes of inUtf16(text)) {
    await Deno.writeFile(path, bytes);
    assertEquals(await loadCustom(path), [sqlExpectation(path, text)]);
  }
  await Deno.writeFile(path, inUtf16(text)[0]!.subarray(2));
  await assertRejects(() => loadCustom(path), UsageError, "UTF-16 with a byte order mark");
});

const MISTAKES: readonly (readonly [string, readonly string[], string])[] = [
  ["no name", HEADER.slice(1), "-- name:"],
  ["no table", HEADER.toSpliced(1, 1), "-- table:"],
  ["another table", HEADER.with(1, "-- table: people"), "not people"],
  ["no description", HEADER.slice(0, 4), "-- description:"],
  ["another severity", HEADER.with(2, "-- severity: fatal"), "not fatal"],
  ["the stage pages", [...HEADER, "-- stage: pages"], "not pages"],
  ["another key", [...HEADER, "-- owner: me"], '"owner"'],
];

for (const [what, lines, message] of MISTAKES) {
  Deno.test(`a .sql file with ${what} is refused`, async () => {
    const text = [...lines, "select 1"].join("\n");
    const error = await assertRejects(
      () => Promise.resolve().then(() => sqlExpectation("mine.sql", text)),
      UsageError,
      "Cannot use mine.sql",
    );
    assertStringIncludes(error.message, message);
    assertEquals(error.status, 2);
  });
}

Deno.test("a failing SQL expectation gives the reason, and the others still run", async () => {
  const of = (sql: string) => sqlExpectation("mine.sql", [...HEADER, sql].join("\n"));
  const outcomes = await evaluated([
    of("select * from userss"),
    of("selec 1"),
    of("select 1; select 2"),
    of("-- nothing"),
    of("copy users to 'x.csv'"),
    of("select * from users where email like '%@example.com'"),
    of("select * from users where false"),
  ], () => {});
  const verdicts = outcomes.map(({ verdict }) => verdict);
  assertEquals(verdicts, [...Array(5).fill("broken"), "failed", "passed"]);
  const reasons = outcomes.slice(0, 5).map(({ reason }) => reason ?? "");
  const expected = ["userss", "selec", "found 2", "found 0", "LINE 6: copy"];
  reasons.forEach((reason, at) => assertStringIncludes(reason, expected[at]!));
});

Deno.test("an expectation with a misspelled kind cannot run, and the others still run", async () => {
  const about = { table: "users", description: "Mine", column: "email" } as const;
  const outcomes = await evaluated([
    expectation({ ...about, name: "users.typo", kind: "not_nul" as "not_null" }),
    expectation({ ...about, name: "users.mine", kind: "not_null" }),
  ], () => {});
  assertEquals(outcomes.map(({ verdict, reason }) => [verdict, reason]), [
    ["broken", "there is no rule not_nul"],
    ["passed", undefined],
  ]);
});

Deno.test("a TypeScript file that exports no expectation is refused", async () => {
  await using folder = await temporary();
  const path = `${folder.path}/mine.ts`;
  await Deno.writeTextFile(path, "export default { name: 'x' };\n");
  await assertRejects(() => loadCustom(path), UsageError, "default export");
  await Deno.writeTextFile(`${folder.path}/other.ts`, "throw new Error('on purpose');\n");
  await assertRejects(() => loadCustom(`${folder.path}/other.ts`), UsageError, "on purpose");
});

const IN_SET = { kind: "in_set", column: "gender", values: ["male"] };

/** Changes of an expectation, each with part of its message. */
const MALFORMED: readonly (readonly [object, string])[] = [
  [{ table: "user" }, 'table should be ("countries" |'],
  [{ severity: "eror" }, 'severity should be ("error" | "warn"), not "eror"'],
  [{ mostly: "all" }, 'mostly should be number, not "all"'],
  [{ where: { column: "city" } }, "where.in is missing"],
  [{ rows: { minimum: 1 } }, "there is no rows.minimum in an expectation of this kind"],
  [{ rule: { kind: "in_set", column: "gender" } }, "values is missing"],
  [{ rule: { ...IN_SET, values: ["male", 5] } }, "values.1 should be string, not 5"],
  [{ rule: { ...IN_SET, mosty: 0.9 } }, "there is no mosty in an expectation of this kind"],
  [{ rule: { kind: "matches", column: "email", pattern: "@" } }, "pattern should be RegExp"],
  [{ rule: { kind: "holds" } }, "holds is missing"],
  [{ rule: null }, "rule should be Object, not null"],
];

Deno.test("a TypeScript file with a malformed expectation is refused, with the part", async () => {
  await using folder = await temporary();
  const mine = { name: "m", table: "users", description: "M", severity: "error", mostly: 1 };
  const write = async (name: string, change: object) => {
    const path = `${folder.path}/${name}.ts`;
    const text = JSON.stringify({ ...mine, rule: IN_SET, ...change });
    await Deno.writeTextFile(path, `export default ${text};\n`);
    return path;
  };
  assertEquals((await loadCustom(await write("good", {}))).length, 1);
  for (const [at, [change, message]] of MALFORMED.entries()) {
    const path = await write(`bad${at}`, change);
    await assertRejects(() => loadCustom(path), UsageError, `Cannot use ${path}: ${message}`);
  }
});

Deno.test("a missing path is a UsageError", async () => {
  const error = await assertRejects(() => loadCustom("/nowhere/at/all"), UsageError);
  assert(error.message.includes("/nowhere/at/all"));
});
