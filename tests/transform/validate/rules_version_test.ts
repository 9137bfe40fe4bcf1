import { assertEquals, assertNotEquals } from "@std/assert";
import * as v from "valibot";
import { rulesVersion } from "../../../etl/transform/validate/rules_version.ts";

interface Rules {
  readonly pattern?: RegExp;
  readonly choices?: readonly string[];
  readonly pairs?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly least?: number;
}

/** Makes a schema with every kind of rule that a person has. */
function schema(
  { pattern = /^a+$/u, choices = ["x", "y"], pairs = { x: "1" }, name = "text", least = 0 }: Rules =
    {},
) {
  return v.pipe(
    v.object({
      [name]: v.pipe(v.string(), v.regex(pattern)),
      choice: v.nullable(v.picklist(choices)),
      number: v.union([v.pipe(v.number(), v.minValue(least)), v.string()]),
    }),
    v.metadata({ pairs }),
  );
}

Deno.test("the version of rules changes with every rule", () => {
  const same = rulesVersion(schema());
  assertEquals(rulesVersion(schema()), same);
  const others: Record<string, Rules> = {
    "a pattern": { pattern: /^a*$/u },
    "its flags": { pattern: /^a+$/ },
    "another choice": { choices: ["x", "y", "z"] },
    "a pair": { pairs: { x: "2" } },
    "a field": { name: "other" },
    "a bound": { least: 1 },
  };
  const versions = Object.values(others).map((rules) => rulesVersion(schema(rules)));
  for (const version of versions) assertNotEquals(version, same);
  assertEquals(new Set(versions).size, versions.length);
});
