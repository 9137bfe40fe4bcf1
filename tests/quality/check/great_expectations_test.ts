import { pathOfUrl } from "../../../etl/common/path.ts";
import { assert, assertEquals } from "@std/assert";
import { greatExpectations } from "../../../etl/quality/check/great_expectations.ts";
import { suiteOf } from "../../../etl/quality/check/suite.ts";

const ROOT = pathOfUrl(new URL("../../../deploy/great_expectations/", import.meta.url));
const EXPORTED = greatExpectations(suiteOf("tables"));

Deno.test("the committed suite equals the generated one", async () => {
  assertEquals(
    await Deno.readTextFile(`${ROOT}suite.json`),
    EXPORTED,
    "run: deno task check --export great-expectations > deploy/great_expectations/suite.json",
  );
});

Deno.test("every kind except SQL, freshness and drift is exported", () => {
  const suites = JSON.parse(EXPORTED) as Record<
    string,
    { expectations: { meta: { name: string } }[] }
  >;
  const names = Object.values(suites).flatMap(({ expectations }) =>
    expectations.map(({ meta }) => meta.name)
  );
  const left = suiteOf("tables").filter(({ name }) => !names.includes(name));
  assertEquals([...new Set(left.map(({ rule }) => rule.kind))].sort(), [
    "fresh",
    "no_drift",
    "violations",
  ]);
  assert(names.length > 100);
});

Deno.test("the suite names the pinned version of Great Expectations", async () => {
  const pins = await Deno.readTextFile(`${ROOT}requirements.txt`);
  const [, version] = /^great_expectations==(.*)$/m.exec(pins) ?? [];
  for (const suite of Object.values(JSON.parse(EXPORTED)) as { meta: object }[]) {
    assertEquals(suite.meta, { great_expectations_version: version });
  }
});
