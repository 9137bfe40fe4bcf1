import { assert, assertEquals } from "@std/assert";
import { expectation, type Spec } from "../../../etl/quality/check/expectation.ts";
import { pastRun } from "../../../etl/quality/check/result.ts";
import { checkPages } from "../../../etl/quality/check/pages.ts";
import { suiteOf } from "../../../etl/quality/check/suite.ts";
import { checkTables } from "../../../etl/quality/check/tables.ts";
import { checkJson, checkText } from "../../../etl/cli/check_text.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import { columnsOf, TABLE_NAMES, TABLES } from "../../../schema/mod.ts";
import { ada, pageOf } from "../../people.ts";
import { temporary } from "../../temporary.ts";
import { brokenDataset, type LooseTables } from "./dataset.ts";

const PLANTED = "Pl4nted";
const BORN = Date.parse("1777-07-17T07:17:17.777Z");

/** Fills every personal and sensitive column with a marked value that breaks most rules. */
function plant(tables: LooseTables): void {
  for (const table of TABLE_NAMES) {
    for (const { name, type, privacy } of columnsOf(TABLES[table])) {
      const column = tables[table][name]!;
      if (privacy === "public") continue;
      if (type === "text") column.values.fill(`${PLANTED}\n${name}`);
      if (type === "timestamp") column.values.fill(BORN);
      if (type === "integer") column.values.fill(7654321);
      if (type === "decimal") column.values.fill(177.1777);
      if (type === "uuid") column.values.fill(new Uint8Array(16).fill(0x77));
    }
  }
}

/** Texts that no printed or saved result may contain. */
const FORBIDDEN = [PLANTED, "1777-", "07:17", "7654321", "177.1", "7777", "177.18"];

function assertClean(text: string): void {
  for (const value of FORBIDDEN) assert(!text.includes(value), `${value} in ${text}`);
}

/** Custom SQL that tries to show personal values. */
const CURIOUS = [
  "select email as gender, user_id as country_code, latitude as altid_name from users",
  "select cast(email as integer) as gender from users",
  "select altid_value as country_name from altids",
  "select error(email) from users",
].map((sql, at) =>
  expectation({
    name: `curious.${at}`,
    table: "users",
    description: "It shows nothing",
    kind: "violations",
    sql,
  })
);

const FIGURES = ([
  { kind: "mean_between", column: "street_number", min: 0, max: 1 },
  { kind: "quantile_between", column: "latitude", quantile: 0.5, min: 0, max: 1 },
  {
    kind: "quantile_between",
    column: "date_of_birth",
    quantile: 0.5,
    min: "1950-01-01T00:00:00.000Z",
  },
  { kind: "no_drift", column: "email", significance: 0.001 },
] as const).map((rule, at) =>
  expectation(
    { name: `figure.${at}`, table: "users", description: "It holds", ...rule } as Spec,
  )
);

Deno.test("checks of tables print and save no value of a person", async () => {
  await using folder = await brokenDataset(plant, 30);
  const dataset = await openDataset(folder.path);
  const written = () => Promise.resolve(undefined);
  const suite = [...suiteOf("tables"), ...CURIOUS, ...FIGURES];
  const evaluated = await checkTables(suite, { dataset, now: 0, written });
  dataset.close();
  const result = { ...evaluated, stage: "tables" as const, at: "", seconds: 0, data: "data" };
  const failed = evaluated.outcomes.filter(({ verdict }) => verdict === "failed");
  assert(failed.length > 30);
  assert(failed.some(({ sample }) => sample !== undefined && sample.length > 0));
  assertClean(checkText(result));
  assertClean(checkJson(result));
  assertClean(JSON.stringify(pastRun(result)));
  const curious = evaluated.outcomes.filter(({ expectation: { name } }) =>
    name.startsWith("curious")
  );
  assertEquals(curious.map(({ verdict }) => verdict), ["failed", "broken", "failed", "broken"]);
  assertEquals(curious[0]?.sample?.[0]?.["gender"], "a string");
});

Deno.test("checks of pages print and save no value of a person", async () => {
  await using folder = await temporary();
  const person = ada({
    "name.first": PLANTED,
    "login.password": PLANTED,
    "login.sha256": PLANTED,
    email: PLANTED,
    "id.value": PLANTED,
    "location.street.number": `${PLANTED}1`,
    phone: 7654321,
    "dob.date": "1777-07-17T07:17:17.777Z",
  });
  await Deno.writeTextFile(`${folder.path}/a.json`, JSON.stringify(pageOf([person, person])));
  await Deno.writeTextFile(`${folder.path}/b.json`, `{"results": ["${PLANTED}`);
  const rules = [
    { kind: "holds", holds: () => false },
    {
      kind: "holds",
      holds: ({ email }: { email: string }) => {
        throw new Error(email);
      },
    },
    { kind: "unique", column: "login.password" },
    { kind: "not_null", column: "login.nothing" },
    { kind: "in_set", column: "login.password", values: ["a"] },
    { kind: "in_set", column: "name.first", values: ["a"] },
    { kind: "between", column: "dob.date", min: "1950-01-01T00:00:00.000Z" },
    { kind: "no_drift", column: "login.password", significance: 0.001 },
  ].map((rule, at) =>
    expectation(
      {
        name: `rule.${at}`,
        table: "people",
        description: "It holds",
        ...rule,
      } as unknown as Spec,
    )
  );
  const files = [`${folder.path}/a.json`, `${folder.path}/b.json`];
  const evaluated = await checkPages([...suiteOf("pages"), ...rules], { files, now: 0 });
  const result = { ...evaluated, stage: "pages" as const, at: "", seconds: 0, data: "data" };
  assert(evaluated.outcomes.filter(({ verdict }) => verdict === "failed").length > 6);
  const thrown = evaluated.outcomes.find(({ expectation: { name } }) => name === "rule.1");
  assert(/^Error at privacy_test\.ts:\d+$/.test(thrown?.reason ?? ""), thrown?.reason);
  assertClean(checkText(result));
  assertClean(checkJson(result));
  assertClean(JSON.stringify(pastRun(result)));
});
