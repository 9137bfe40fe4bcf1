import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { helpText, parseCommand } from "../../etl/cli/parse.ts";
import { UsageError } from "../../etl/common/errors.ts";
import { broken, folder, type Loose, people, run, userIds } from "../load/dataset/support.ts";
import { nextOf } from "../next.ts";

/** Runs a command as the command line does and returns its exit code and output. */
async function call(name: string, ...args: string[]) {
  const command = await COMMANDS[name]!();
  const { values, positionals } = await parseCommand(command, args);
  const printed = { out: "", err: "" };
  const terminal = {
    out: (chunk: string | Uint8Array) => void (printed.out += chunk),
    err: (text: string) => void (printed.err += text),
    input: new ReadableStream<Uint8Array>(),
    isTerminal: { in: false, out: false, err: false },
    columns: () => 80,
    color: false,
  };
  const context = { terminal, positionals, signal: new AbortController().signal };
  return { status: await command.run(values, context), ...printed };
}

/** Values of a person that may occur only in tables. */
function personal(person: Loose): string[] {
  const { name, location, login } = person;
  return [
    name.last,
    person.email,
    location.street.name,
    location.coordinates.latitude,
    person.phone,
    person.dob.date,
    ...Object.values(login),
    person.id.value,
  ].filter((text) => typeof text === "string" && text.length > 5);
}

const POOL = people(12);

async function dataset(dir: string): Promise<string> {
  await run(dir, [[[...POOL.slice(0, 10), broken(POOL[10]), { ...POOL[11], email: "nobody" }]]]);
  return `${dir}/data`;
}

Deno.test("the commands on a dataset print their findings without personal data", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const [id = "", other = ""] = await userIds(root);
  const data = ["--data", root];
  const calls = [
    await call("lineage", id, ...data),
    await call("lineage", id, "--json", ...data),
    await call("rejects", ...data),
    await call("rejects", "--json", ...data),
    await call("rejects", "show", ...data),
    await call("rejects", "show", "--json", "--path", "email", ...data),
    await call("rejects", "replay", ...data),
    await call("verify", ...data),
    await call("verify", "--json", ...data),
    await call("forget", id, ...data),
    await call("forget", other, "--json", ...data),
  ];
  for (const { status, out, err } of calls) {
    assertEquals(status, 0);
    assert(out.length > 0);
    for (const person of POOL) {
      for (const text of personal(person)) assert(!(out + err).includes(text), `${text} in ${out}`);
    }
    assert(!(out + err).includes(id) && !(out + err).includes(other));
  }
  const [, origin, list, causes, , shown, , intact] = calls;
  assert(JSON.parse(origin!.out).command.startsWith("deno task extract --source "));
  assert(/^1\. 1 × \w+: expected /.test(list!.out), list!.out);
  assertEquals(list!.err, "2 people rejected, 2 causes\n");
  assertEquals(JSON.parse(causes!.out).rejects, 2);
  assertEquals(shown!.out.trim().split("\n").map((line) => JSON.parse(line).path), ["email"]);
  assert(intact!.out.startsWith(`${root}/tables is whole: 10 people, 6 parts, `), intact!.out);
  const receipt = JSON.parse(calls.at(-1)!.out);
  assertEquals(receipt.removed, 1);
  assert(receipt.outOfScope.includes("backups"));
});

Deno.test("verify reports a missing part with exit code 7 and the next command", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  await Deno.remove(`${root}/tables/users/part-00001.parquet`);
  const { status, out } = await call("verify", "--data", root);
  assertEquals(status, 7);
  assert(out.includes(`  ${root}/tables/users/part-00001.parquet is missing\n`), out);
  assert(out.includes("Restore it from a backup, or make the tables again: deno task extract"));
  const json = JSON.parse((await call("verify", "--json", "--data", root)).out);
  assertEquals([json.whole, json.faults.length], [false, 1]);
});

Deno.test("a cause is shown by its number, and an unknown number is refused", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  const causes = JSON.parse((await call("rejects", "--json", "--data", root)).out).causes;
  for (const number of [1, 2]) {
    const { out } = await call("rejects", "show", "--cause", `${number}`, "--data", root);
    assert(out.includes(`: ${causes[number - 1].path}: expected `) && out.split("\n").length === 2);
  }
  const show = ["rejects", "show", "--cause", "3", "--data", root] as const;
  await assertRejects(() => call(...show), UsageError, "there are 2");
});

Deno.test("the commands refuse invalid arguments", async () => {
  await using dir = await folder();
  const root = await dataset(dir.path);
  for (
    const args of [
      ["lineage"],
      ["lineage", "a", "b"],
      ["forget"],
      ["rejects", "retry"],
      ["rejects", "replay", "--cause", "1"],
      ["verify", "now"],
    ]
  ) {
    const [name = "", ...rest] = args;
    const fault = await assertRejects(() => call(name, ...rest, "--data", root), UsageError);
    assert(nextOf(fault).includes("deno task"), `${args}: ${nextOf(fault)}`);
  }
});

Deno.test("each command has help with examples", async () => {
  for (const name of ["forget", "rejects", "verify", "lineage"]) {
    const help = await helpText(await COMMANDS[name]!());
    for (const text of [`deno task ${name}`, "--data", "--json", "EXAMPLES"]) {
      assert(help.includes(text), `${name} lacks ${text}: ${help}`);
    }
  }
});
