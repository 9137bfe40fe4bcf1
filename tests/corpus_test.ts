/**
 * Every case of the corpus. `deno task test tests/corpus_test.ts -- --update` writes the current
 * results as expected; without it, a result that differs is written to `actual.json`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type Case, CORPUS, inWords, listCases, type Outcome, outcome } from "./corpus.ts";
import { temporary } from "./temporary.ts";

const UPDATE = Deno.args.includes("--update");
const CASES = await listCases();

async function removeIfPresent(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

async function assertGolden(one: Case, found: Outcome): Promise<void> {
  const expected = `${CORPUS}${one.name}/expected.json`;
  const actual = `${CORPUS}${one.name}/actual.json`;
  const text = JSON.stringify(found, null, 2) + "\n";
  if (UPDATE) await Deno.writeTextFile(expected, text);
  try {
    assertEquals(found, JSON.parse(await Deno.readTextFile(expected)));
  } catch (error) {
    await Deno.writeTextFile(actual, text);
    throw error;
  }
  await removeIfPresent(actual);
}

async function readme(): Promise<string> {
  const lines = await Promise.all(CASES.map(async ({ name, about }) => {
    const expected = await Deno.readTextFile(`${CORPUS}${name}/expected.json`);
    return `- **${name}**: ${about} → ${inWords(JSON.parse(expected))}`;
  }));
  return [
    "# Results for pages of all kinds",
    "",
    "Each folder is a case: `case.json` describes the page and, if it comes from the API, the",
    "request; `page.*` is the page; `expected.json` is the result. All people are made up.",
    "`deno task test tests/corpus_test.ts -- --update` writes this file and `expected.json`; a test",
    "fails when they are stale.",
    "",
    ...lines,
    "",
  ].join("\n");
}

for (const one of CASES) {
  Deno.test(`corpus ${one.name}: ${one.about}`, async () => {
    await using root = await temporary();
    await assertGolden(one, await outcome(one, root.path));
  });
}

Deno.test("the README of the corpus lists the expected result of each case", async () => {
  const path = `${CORPUS}README.md`;
  if (UPDATE) await Deno.writeTextFile(path, await readme());
  assertEquals(await Deno.readTextFile(path), await readme());
});

Deno.test("the corpus covers each exit code of a source and each kind of rule", async () => {
  const outcomes = await Promise.all(
    CASES.map(async ({ name }): Promise<Outcome> =>
      JSON.parse(await Deno.readTextFile(`${CORPUS}${name}/expected.json`))
    ),
  );
  assertEquals([...new Set(outcomes.map(({ status }) => status))].sort(), [0, 3, 4, 5]);
  const failures = outcomes.flatMap(({ rejects = [] }) => rejects);
  const rules = new Set(failures.map(({ rule }) => rule));
  for (const rule of ["required", "type", "regex", "picklist", "check", "non_empty", "max_value"]) {
    assert(rules.has(rule), `no case breaks the rule ${rule}`);
  }
});
