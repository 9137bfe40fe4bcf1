/**
 * The order of the stages and other rules of the house.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { againstOrder, extraDoors, type Import, importsOf, ROOT, stageOf } from "./layers.ts";

/** What commands load by a path put together at run time, and the commands themselves. */
const LAZY = (await Promise.all(
  (await filesOf("etl/commands")).map(async (path) => {
    const [, to] = /const WORK: string = "([^"]+)"/.exec(await Deno.readTextFile(ROOT + path)) ??
      [];
    return to === undefined ? [path] : [path, new URL(to, `file:///${path}`).pathname.slice(1)];
  }),
)).flat();
const ENTRIES = ["main.ts", ...Object.values(config.exports), ...LAZY];
const IMPORTS = (await Promise.all(ENTRIES.map(importsOf))).flat();

async function filesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
    if (isDirectory) files.push(...await filesOf(`${folder}/${name}`));
    else if (name.endsWith(".ts")) files.push(`${folder}/${name}`);
  }
  return files;
}

const CODE = ["main.ts", ...await filesOf("schema"), ...await filesOf("etl")];
const TESTS = await filesOf("tests");

async function filesWhere(
  paths: readonly string[],
  is: (text: string, path: string) => boolean,
): Promise<string[]> {
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(ROOT + path)));
  return paths.filter((path, at) => is(texts[at]!, path));
}

/** Code without comments. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

Deno.test("a stage imports only stages before it", () => {
  assert(IMPORTS.length > 100);
  assertEquals(againstOrder(IMPORTS), []);
});

Deno.test("an import against the order, or of a stage without a place in it, is found", () => {
  const wrong: Import[] = [
    { from: "schema/page.ts", to: "etl/errors.ts", typeOnly: true },
    { from: "etl/source/http.ts", to: "etl/dataset/files.ts", typeOnly: false },
    { from: "etl/extract/run.ts", to: "etl/elsewhere/mod.ts", typeOnly: false },
    { from: "etl/extract/run.ts", to: "main.ts", typeOnly: false },
    { from: "etl/extract/run.ts", to: "etl/fixture/server.ts", typeOnly: false },
  ];
  const right = { from: "etl/extract/run.ts", to: "schema/mod.ts", typeOnly: false };
  assertEquals(againstOrder([...wrong, right]), wrong);
  assertEquals(stageOf("etl/source/synthetic/mod.ts"), "source");
});

Deno.test("each package has one door", () => {
  assert(IMPORTS.some(({ to }) => to === "npm:valibot"));
  assertEquals(extraDoors(IMPORTS), []);
});

Deno.test("a second door is found, and types need none", () => {
  const to = "npm:hyparquet";
  const one = { from: "etl/write/read.ts", to, typeOnly: false };
  const two = { from: "etl/query/run.ts", to, typeOnly: false };
  assertEquals(extraDoors([one, { ...two, typeOnly: true }]), []);
  assertEquals(extraDoors([one, two]), [[to, [one.from, two.from]]]);
  const valibot = { from: "etl/query/run.ts", to: "npm:valibot", typeOnly: false };
  assertEquals(extraDoors([valibot]), [["npm:valibot", [valibot.from]]]);
});

Deno.test("every file of the code is used, and packages are named by deno.json alone", async () => {
  const used = new Set([
    ...ENTRIES.map((path) => path.replace("./", "")),
    ...IMPORTS.map((i) => i.to),
  ]);
  const texts = await Promise.all(CODE.map((path) => Deno.readTextFile(ROOT + path)));
  const workers = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/new URL\("[^"]*?([^"/]+\.ts)"/g)].map(([, file]) => file)
    ),
  );
  const isUsed = (path: string) =>
    used.has(path) || workers.has(path.split("/").at(-1)) || path.endsWith(".d.ts");
  assertEquals(CODE.filter((path) => !isUsed(path)), []);
  assertEquals(await filesWhere(CODE, (text) => /["'](npm|jsr|https):/.test(specifiers(text))), []);
  const loose = Object.values(config.imports).filter((to) => /^(npm|jsr):/.test(to))
    .filter((to) => !/@\d+\.\d+\.\d+[^/]*(\/\w+)?$/.test(to));
  assertEquals(loose, []);
});

/** Only the specifiers of imports. */
function specifiers(text: string): string {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*(["'][^"']+["'])/g)].map(([, to]) => to).join(
    "\n",
  );
}

Deno.test("only main.ts prints and exits", async () => {
  const prints = /\bconsole\b|\bDeno\.(exit|exitCode|stdout|stderr)\b|\bprocess\.(exit|stdout)\b/;
  assertEquals(await filesWhere(CODE, (text) => prints.test(withoutComments(text))), ["main.ts"]);
});

Deno.test("files are short, and nothing is left to be done", async () => {
  const lines = (text: string) => text.split("\n").length;
  const isList = (path: string) => path.includes("/lists/");
  assertEquals(await filesWhere(CODE, (text, path) => !isList(path) && lines(text) > 220), []);
  assertEquals(await filesWhere(TESTS, (text) => lines(text) > 300), []);
  const open = new RegExp(["TO" + "DO", "FIX" + "ME", "HA" + "CK"].join("|"));
  assertEquals(await filesWhere([...CODE, ...TESTS], (text) => open.test(text)), []);
});

Deno.test("a file's tests lie where the file lies", () => {
  const ours = TESTS.filter((path) => path.endsWith("_test.ts") && path.split("/").length > 2);
  const folders = new Set(CODE.map((path) => path.replace(/^etl\//, "").split("/")[0]));
  const stray = ours.filter((path) =>
    !folders.has(path.split("/")[1]) && !/\/(integration|kubernetes)\//.test(path)
  );
  assertEquals(stray, []);
});
