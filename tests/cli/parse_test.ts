import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { command } from "../../etl/cli/command.ts";
import { wholeNumber } from "../../etl/cli/options.ts";
import { asksForHelp, helpText, parseCommand } from "../../etl/cli/parse.ts";
import { nearest } from "../../etl/common/nearest.ts";
import { UsageError } from "../../etl/common/errors.ts";

const spec = {
  name: "make",
  description: "Make something.",
  args: {
    pageSize: { type: "custom", parse: wholeNumber(1), description: "How many" },
    kind: { type: "enum", choices: ["a", "b"], description: "Which" },
    name: { type: "string", default: "none", short: "n", description: "What it is called" },
    json: { type: "boolean", description: "As JSON" },
  },
  examples: { one: "deno task make" },
  run: () => Promise.resolve(0 as const),
} as const;
const make = command(spec);
const withOperands = command({ ...spec, operands: "[SQL]" });

const refused = async (line: string, ...says: string[]) => {
  const args = line.split(" ").filter((arg) => arg !== "");
  const error = await assertRejects(() => parseCommand(make, args), UsageError);
  for (const text of says) assertStringIncludes(`${error.message}\n${error.next}`, text);
  assertEquals(error.status, 2);
};

Deno.test("options are read by name, with = or a space, in kebab case or short", async () => {
  const { values } = await parseCommand(make, [
    "--page-size",
    "5",
    "--kind=b",
    "-n",
    "x",
    "--json",
  ]);
  assertEquals({ ...values }, { pageSize: 5, kind: "b", name: "x", json: true });
});

Deno.test("options that are not given are absent, except those with a default", async () => {
  const { values, positionals } = await parseCommand(make, []);
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  assertEquals(given, [["name", "none"]]);
  assertEquals(positionals, []);
});

Deno.test("operands after -- may look like options", async () => {
  const { positionals } = await parseCommand(withOperands, ["select 1", "--json", "--", "--kind"]);
  assertEquals(positionals, ["select 1", "--kind"]);
});

Deno.test("an error of an option contains its name and value", async () => {
  await refused("--pagesize 5", "Cannot use --pagesize", "Did you mean --page-size?");
  await refused("--pageSize 5", "Cannot use --pageSize");
  await refused("--qqqqqqqqqq", "make has no such option\nSee deno task make --help");
  await refused("--page-size x", "Cannot use --page-size: it should be a whole number", '"x"');
  await refused("--page-size 1.5", '"1.5"');
  await refused("--page-size 99999999999999999999", "whole number");
  await refused("--kind c", "Cannot use --kind c: it should be one of a, b");
  await refused("--kind", "Cannot use --kind without a value");
  await refused("-n --json", "Cannot use -n without a value");
  await refused("--name=", "Cannot use --name without a value");
  await refused("--json=yes", "Cannot use --json with a value");
  await refused("stray", 'Cannot use "stray": make takes only options');
});

Deno.test("--help is recognized only before --", () => {
  assert(asksForHelp(["--kind", "-h"]));
  assert(asksForHelp(["--help"]));
  assert(!asksForHelp(["--", "--help"]));
  assert(!asksForHelp(["help", "--helpless"]));
});

Deno.test("help shows the description, usage, options and examples", async () => {
  const text = await helpText(withOperands as unknown as Parameters<typeof helpText>[0]);
  for (
    const part of ["Make something.", "deno task make [OPTIONS] [SQL]", "--page-size", "-n, --name"]
  ) {
    assertStringIncludes(text, part);
  }
  assertStringIncludes(text, "(default: none)");
  assertStringIncludes(text, "(choices: a | b)");
  assertStringIncludes(text, "# one");
  assert(!text.includes("--version"));
});

Deno.test("the nearest name is found, or none if no name is similar", () => {
  assertEquals(nearest("sede", ["seed", "source"]), "seed");
  assertEquals(nearest("xyzzy", ["seed", "source"]), undefined);
  assertEquals(nearest("x", []), undefined);
});
