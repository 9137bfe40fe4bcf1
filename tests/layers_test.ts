/**
 * The order of the rooms and other rules for the code.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { unusedExports } from "./exports.ts";
import {
  againstOrder,
  cycles,
  type Import,
  importsOf,
  namesCli,
  pastMod,
  roomOf,
  ROOT,
  scannerImports,
  sharedPackages,
} from "./layers.ts";

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

/** Files that run as workers, found by the `import.meta.resolve` that starts them. */
const WORKERS = (await Promise.all(
  CODE.map(async (path) =>
    [...(await Deno.readTextFile(ROOT + path)).matchAll(
      /import\.meta\.resolve\("(\.[^"]+\.ts)"\)/g,
    )]
      .map(([, to]) => new URL(to!, `file:///${path}`).pathname.slice(1))
  ),
)).flat();
const ENTRIES = [
  "main.ts",
  ...Object.values(config.exports).map((path) => path.replace("./", "")),
  ...WORKERS,
];
const IMPORTS = (await Promise.all(ENTRIES.map(importsOf))).flat();

async function filesWhere(
  paths: readonly string[],
  is: (text: string, path: string) => boolean,
): Promise<string[]> {
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(ROOT + path)));
  return paths.filter((path, at) => is(texts[at]!, path));
}

/** Asserts that only the `allowed` files break a rule; the message names the others with the fix. */
function assertOnly(files: readonly string[], fix: string, allowed = (_: string) => false): void {
  assertEquals(files.filter((path) => !allowed(path)).map((path) => `${path}: ${fix}`), []);
}

/** Removes comments from code. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

Deno.test("a room imports only rooms below it", () => {
  assert(IMPORTS.length > 100);
  assertEquals(againstOrder(IMPORTS), []);
});

Deno.test("an import against the order or of an unknown room is found", () => {
  const wrong: Record<string, string> = {
    "schema/page.ts imports etl/load/dataset/files.ts":
      "load is above schema: move what both need below, or pass it in",
    "etl/extract/api/http.ts imports etl/load/dataset/files.ts":
      "load is above extract: move what both need below, or pass it in",
    "etl/run/run.ts imports etl/elsewhere/mod.ts":
      "room elsewhere is not in ROOMS: add it to tests/layers.ts",
    "etl/run/run.ts imports main.ts": "main is above run: move what both need below, or pass it in",
    "etl/backup/folder.ts imports etl/query/run.ts":
      "backup and query do not import each other: move what both need below",
  };
  const imports = Object.keys(wrong).map((text): Import => {
    const [from = "", to = ""] = text.split(" imports ");
    return { from, to, typeOnly: true };
  });
  const right = [
    { from: "etl/run/run.ts", to: "schema/mod.ts", typeOnly: false },
    { from: "etl/report/mod.ts", to: "etl/query/run.ts", typeOnly: false },
  ];
  assertEquals(
    againstOrder([...imports, ...right]),
    Object.entries(wrong).map(([text, way]) => `${text}: ${way}`),
  );
  assertEquals(roomOf("etl/extract/synthetic/mod.ts"), "extract");
});

Deno.test("a room of many files is imported only through its mod.ts", () => {
  assertEquals(pastMod(IMPORTS), []);
});

Deno.test("an import past the mod.ts of a room of many files is found", () => {
  const import_ = (from: string, to: string): Import => ({ from, to, typeOnly: true });
  const files = Array.from("abcdefghi", (name) => `etl/run/${name}.ts`);
  const inside = files.map((file) => import_("etl/run/a.ts", file));
  const fromOutside = import_("etl/cli/extract_run.ts", "etl/run/i.ts");
  const right = [
    import_("etl/cli/extract_run.ts", "etl/run/mod.ts"),
    import_("etl/run/land/land.ts", "etl/run/b.ts"),
    import_("etl/cli/land_run.ts", "etl/run/land/land.ts"),
    { ...fromOutside, isLazy: true },
  ];
  const message = `etl/cli/extract_run.ts imports etl/run/i.ts: import etl/run/mod.ts, ` +
    "and export there what is missing";
  assertEquals(pastMod([...inside, ...right, fromOutside]), [message]);
  assertEquals(pastMod([...inside.slice(0, 7), fromOutside]), []);
  const database = import_("etl/backup/tools.ts", "etl/load/database/connection/url.ts");
  assertEquals(pastMod([database]).length, 1);
  assertEquals(pastMod([{ ...database, from: "etl/load/database/load.ts" }]), []);
});

Deno.test("only load/database names catalogs and error codes of databases", async () => {
  const knowledge = /information_schema|\bpg_(catalog|class|roles|attribute)\b|\bER_[A-Z]|SQLSTATE/;
  const files = await filesWhere(CODE, (text) => knowledge.test(withoutComments(text)));
  assert(files.length > 5);
  const place = "etl/load/database/";
  assertOnly(files, `move it to ${place} and use its mod.ts`, (path) => path.startsWith(place));
});

Deno.test("only schema/valibot uses undocumented parts of Valibot", async () => {
  const files = await filesWhere(CODE, (text) => /"~run"|\brequirement\b|\bwrapped\?/.test(text));
  const place = "schema/valibot/";
  assertEquals(files.filter((path) => path.startsWith(place)).length, 2);
  assertOnly(files, `use or extend ${place}parts.ts`, (path) => path.startsWith(place));
});

Deno.test("the byte scanner is imported by one file and loaded when it is needed", () => {
  const [from, to] = ["etl/run/open_pages.ts", "etl/transform/validate/fast/scan.ts"];
  assert(IMPORTS.some((one) => one.from === from && one.to === to));
  assertEquals(scannerImports(IMPORTS), []);
  const way = `only import() in ${from} may, so pass it in`;
  const lazy = { from, to, typeOnly: false, isLazy: true };
  assertEquals(scannerImports([lazy, { ...lazy, isLazy: false }]), [
    `${from} imports ${to}: ${way}`,
  ]);
  const other = { ...lazy, from: "etl/run/plan.ts" };
  assertEquals(scannerImports([other]), [`${other.from} imports ${to}: ${way}`]);
});

Deno.test("no import cycle exists, including types", () => {
  assertEquals(cycles(IMPORTS), []);
});

Deno.test("a cycle of imports is reported once with the fix", () => {
  const names = ["a", "b", "c", "d"].map((name) => `etl/run/${name}.ts`);
  const [a, b, c, d] = names as [string, string, string, string];
  const arrows = [[a, b], [b, c], [c, a], [c, d], [d, c], [a, d]];
  const imports = arrows.map(([from, to]) => ({ from: from!, to: to!, typeOnly: true }));
  const way = "move what they share to a new file, or pass it in";
  assertEquals(cycles(imports.slice(0, 3)), [`${[a, b, c, a].join(" -> ")}: ${way}`]);
  assertEquals(cycles(imports), [
    `${[a, b, c, a].join(" -> ")}: ${way}`,
    `${[c, d, c].join(" -> ")}: ${way}`,
  ]);
});

Deno.test("each package is imported by one file", () => {
  assert(IMPORTS.some(({ to }) => to === "npm:valibot"));
  assertEquals(sharedPackages(IMPORTS), []);
});

Deno.test("a second file that imports a package is found, and imports of types are allowed", () => {
  const to = "npm:hyparquet";
  const one = { from: "etl/load/parquet/read.ts", to, typeOnly: false };
  const two = { from: "etl/query/run.ts", to, typeOnly: false };
  assertEquals(sharedPackages([one, { ...two, typeOnly: true }]), []);
  assertEquals(sharedPackages([one, two]), [
    `${one.from} and ${two.from} import ${to}: use it through one of them`,
  ]);
  const valibot = { from: "etl/query/run.ts", to: "npm:valibot", typeOnly: false };
  assertEquals(sharedPackages([valibot]), [
    `${valibot.from} imports npm:valibot: only files in IMPORTERS may`,
  ]);
});

Deno.test("every file of the code is used, and packages have an exact version", async () => {
  const used = new Set([...ENTRIES, ...IMPORTS.map(({ to }) => to)]);
  assertEquals(WORKERS, ["etl/query/wasm_worker.ts", "etl/run/worker.ts"]);
  const texts = await Promise.all(CODE.map((path) => Deno.readTextFile(ROOT + path)));
  const isUsed = (path: string) => used.has(path) || path.endsWith(".d.ts");
  assertOnly(CODE, "no entry point imports it: import or delete it", isUsed);
  const packages = [...texts.flatMap(specifiers), ...Object.values(config.imports)]
    .filter((to) => /^(npm|jsr|https?):/.test(to));
  // `deno task std` puts the standard library from JSR in the place of `std/`.
  const exact = /^(npm:.+|jsr:@std\/\w+)@\d+\.\d+\.\d+(\/.+)?$/;
  assertEquals(packages.filter((to) => !exact.test(to)), []);
});

/** Returns the specifiers of imports. */
function specifiers(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, to]) => to!);
}

Deno.test("only main.ts prints and exits", async () => {
  const prints = /\bconsole\b|\bDeno\.(exit|exitCode|stdout|stderr)\b|\bprocess\.(exit|stdout)\b/;
  const files = await filesWhere(CODE, (text) => prints.test(withoutComments(text)));
  assert(files.includes("main.ts"));
  assertOnly(files, "use the effects or the terminal of a command", (path) => path === "main.ts");
});

Deno.test("only etl/cli names tasks and flags", async () => {
  const fix =
    "throw a DebrError with a code and facts, and name the command in etl/cli/next_steps.ts";
  assertOnly(await filesWhere(CODE, namesCli), fix);
});

Deno.test("a task or a flag outside etl/cli is found, a flag of another program is not", () => {
  const file = "etl/run/run.ts";
  assert(namesCli('next: "See deno task verify"', file));
  assert(namesCli("const next = `Use --page-size ${size}`;", file));
  assert(namesCli("/** What `--log` shows. */", file));
  assert(!namesCli('args: ["--format=custom"]', "etl/backup/dump.ts"));
  assert(!namesCli("if (--depth === 0) return;", file));
  assert(!namesCli('next: "deno task verify"', "etl/cli/runbook.ts"));
});

Deno.test("every export is imported by another file", async () => {
  const read = async (paths: readonly string[]) =>
    new Map(
      await Promise.all(
        paths.map(async (path) => [path, await Deno.readTextFile(ROOT + path)] as const),
      ),
    );
  const isEntry = (path: string) => Object.values(config.exports).includes(`./${path}`);
  const code = await read(CODE.filter((path) => !isEntry(path) && !path.endsWith(".d.ts")));
  assertEquals(unusedExports(code, await read([...CODE, ...TESTS])), []);
});

Deno.test("an export that is never imported is found", () => {
  const exports = "export const a = 1;\nexport type B = 2;\nexport async function c() {}\n";
  const code = new Map([["etl/x/one.ts", exports]]);
  const found = (text: string) => unusedExports(code, new Map([["etl/y/two.ts", text]]));
  assertEquals(found('import { a, type B } from "../x/one.ts";'), ["etl/x/one.ts: c"]);
  assertEquals(found('import * as one from "../x/one.ts";\none.a, one.c;'), ["etl/x/one.ts: B"]);
  assertEquals(found('const { c } = await import("../x/one.ts");'), [
    "etl/x/one.ts: a",
    "etl/x/one.ts: B",
  ]);
  assertEquals(found('export * from "../x/one.ts";'), []);
  assertEquals(found('await Promise.all([import("../x/one.ts")]);'), ["etl/x/one.ts: B"]);
  code.set("etl/x/mod.ts", 'export * from "./one.ts";\n');
  const files = new Map([...code, ["etl/y/two.ts", 'import { a } from "../x/mod.ts";']]);
  assertEquals(unusedExports(code, files), ["etl/x/one.ts: B", "etl/x/one.ts: c"]);
  code.set("etl/x/mod.ts", 'export { a, type B as D } from "./one.ts";\n');
  const named = new Map([...code, ["etl/y/two.ts", 'import { a } from "../x/mod.ts";']]);
  assertEquals(unusedExports(code, named), ["etl/x/one.ts: c", "etl/x/mod.ts: D"]);
  assertEquals(found('await Promise.all([import("../x/one.ts")]);').slice(0, 1), [
    "etl/x/one.ts: B",
  ]);
});

Deno.test("files are short and contain no open tasks", async () => {
  const lines = (text: string) => text.split("\n").length;
  assertOnly(await filesWhere(CODE, (text) => lines(text) > 220), "split it: 220 lines at most");
  assertOnly(await filesWhere(TESTS, (text) => lines(text) > 300), "split it: 300 lines at most");
  const open = new RegExp(["TO" + "DO", "FIX" + "ME", "HA" + "CK"].join("|"));
  assertOnly(await filesWhere([...CODE, ...TESTS], (text) => open.test(text)), "do it or drop it");
});

Deno.test("the folders of tests mirror the folders of the code", () => {
  const ours = TESTS.filter((path) => path.endsWith("_test.ts") && path.split("/").length > 2);
  const folders = new Set(CODE.map((path) => folderOf(path.replace(/^etl\//, ""))));
  const stray = ours.filter((path) =>
    !folders.has(folderOf(path.replace(/^tests\//, ""))) &&
    !/\/(integration|kubernetes|std)\//.test(path)
  );
  assertOnly(stray, "move it to the folder in tests/ that mirrors the code");
});

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}
