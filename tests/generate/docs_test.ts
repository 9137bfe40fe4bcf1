import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { columnsOf } from "../../schema/mod.ts";
import { type DocsSource, type Files, generateDocs } from "../../etl/generate/mod.ts";
import { extraName, REAL, WIDER } from "./tables.ts";

const COMMANDS: DocsSource["commands"] = [{ name: "walk", help: "Walk about.\n" }];

/** Reads the texts of an uncompressed PDF, one per line; letters are in hexadecimal. */
function pdfText(bytes: Uint8Array): string {
  const texts = new TextDecoder("latin1").decode(bytes).split("\nBT\n").slice(1);
  const letters = (text: string) => [...text.matchAll(/<([0-9a-f]{2})> Tj/g)];
  return texts.map((text) =>
    letters(text).map(([, hex = ""]) => String.fromCharCode(parseInt(hex, 16))).join("")
  ).join("\n");
}

function textOf(files: Files, path: string): string {
  const content = files[path];
  assert(content !== undefined, `${path} is not generated`);
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? pdfText(content) : content.text;
}

/** Documents about all tables, about one table, and about none. */
const OF_ALL = [
  "README.md",
  "deploy/dbt/models/tables/schema.yml",
  "docs/dictionary.md",
  "docs/erd.pdf",
  "docs/erd.svg",
  "docs/schema/datacontract.yaml",
  "docs/schema/datapackage-csv.json",
  "docs/schema/datapackage.json",
  "docs/schema/dbt_sources.yml",
  "docs/schema/duckdb.sql",
  "docs/schema/mysql.sql",
  "docs/schema/postgres.sql",
  "docs/schema/spark.sql",
];
const OF_ONE = REAL.map(({ name }) => [`docs/schema/${name}.schema.json`, name] as const);
const OF_NONE = ["deploy/dbt/macros/person.sql", "docs/cli.md", "docs/reference.md"];
/** Documents written by hand, by a benchmark or by other tests. */
const ELSEWHERE = [
  "benchmark.md",
  "cookbook.ipynb",
  "cookbook.md",
  "elt.md",
  "engines.md",
  "glossary.md",
  "operations.md",
  "report.png",
  "scale.md",
]
  .map((name) => `docs/${name}`);

Deno.test("docs/ holds only generated documents and the listed others", async () => {
  const files = await generateDocs({ tables: REAL, commands: COMMANDS });
  const listed = [...OF_ALL, ...OF_ONE.map(([path]) => path), ...OF_NONE];
  assertEquals(Object.keys(files).sort(), listed.sort());
  const root = new URL("../../", import.meta.url);
  for (const folder of ["docs/", "docs/schema/"]) {
    for await (const { name, isFile } of Deno.readDir(new URL(folder, root))) {
      const path = `${folder}${name}`;
      if (isFile) assert(path in files || ELSEWHERE.includes(path), `${path} is not generated`);
    }
  }
});

Deno.test("a new column appears in every document about its table", async () => {
  const [before, after] = [
    await generateDocs({ tables: REAL, commands: COMMANDS }),
    await generateDocs({ tables: WIDER, commands: COMMANDS }),
  ];
  for (const { name } of WIDER) {
    const column = extraName(name);
    const paths = [...OF_ALL, ...OF_ONE.filter(([, of]) => of === name).map(([path]) => path)];
    for (const path of paths) {
      assert(!textOf(before, path).includes(column));
      assert(textOf(after, path).includes(column), `${path} lacks ${column}`);
    }
  }
  for (const path of OF_NONE) assertEquals(after[path], before[path]);
});

Deno.test("the same source gives the same bytes", async () => {
  const source = { tables: REAL, commands: COMMANDS };
  const [first, second] = [await generateDocs(source), await generateDocs(source)];
  assertEquals(first, second);
  const pdf = first["docs/erd.pdf"];
  assert(pdf instanceof Uint8Array);
  assert(new TextDecoder("latin1").decode(pdf).includes("(D:19700101000000Z)"));
});

Deno.test("the diagram shows every column with type and privacy class, and every foreign key", async () => {
  const files = await generateDocs({ tables: REAL, commands: COMMANDS });
  const svg = textOf(files, "docs/erd.svg");
  const keys = REAL.flatMap(({ foreignKeys }) => foreignKeys);
  assertEquals([...svg.matchAll(/class="edge"/g)].length, keys.length);
  for (const text of [svg, textOf(files, "docs/erd.pdf")]) {
    for (const { name, type, privacy } of REAL.flatMap(columnsOf)) {
      for (const word of [name, type, privacy]) assertStringIncludes(text, word);
    }
  }
  assertMatch(svg, /<polygon fill="white"/, "It has a white background");
});

Deno.test("the Mermaid diagram shows the cardinality of the keys", async () => {
  const files = await generateDocs({ tables: REAL, commands: COMMANDS });
  const lines = textOf(files, "README.md").split("\n").filter((line) => line.includes("--"));
  assertEquals(lines.map((line) => line.trim()), [
    "countries ||--o{ users : country_code",
    "timezones ||--o{ users : timezone_code",
    "media ||--o{ users : media_id",
    "users ||--|| logins : user_id",
    "users ||--o{ altids : user_id",
  ]);
});

Deno.test("the dictionary contains all metadata of a column", async () => {
  const files = await generateDocs({ tables: WIDER, commands: COMMANDS });
  const lines = textOf(files, "docs/dictionary.md").split("\n");
  for (
    const { name, unit = "", privacy, description, source, example } of WIDER.flatMap(columnsOf)
  ) {
    const line = lines.find((line) => line.startsWith(`| \`${name}\` `)) ?? "";
    for (const word of [unit, privacy, description, source, `\`${example}\``]) {
      assertStringIncludes(line, word);
    }
  }
});

Deno.test("the command reference contains the help of each command", async () => {
  const files = await generateDocs({ tables: REAL, commands: COMMANDS });
  assertStringIncludes(textOf(files, "docs/cli.md"), "## walk\n\n```text\nWalk about.\n```\n");
});

Deno.test("the dbt sources have tests for keys, known values and composite keys", async () => {
  const files = await generateDocs({ tables: REAL, commands: COMMANDS });
  const yaml = textOf(files, "docs/schema/dbt_sources.yml");
  assertMatch(yaml, /name: user_id\n(?: .*\n)*? +- not_null\n +- unique\n/);
  assertMatch(yaml, /accepted_values:\n +arguments:\n +values:\n +- female\n +- male\n/);
  assertMatch(
    yaml,
    /relationships:\n +arguments:\n +to: source\('debr', 'media'\)\n +field: media_id/,
  );
  assertMatch(yaml, /column_name: \(cast\(user_id .* \|\| ' ' \|\| cast\(altid_name /);
  const columns = REAL.flatMap(columnsOf);
  assertEquals([...yaml.matchAll(/- not_null/g)].length, columns.length);
});
