/**
 * ARCHITECTURE.md lists all folders of the project, and functions are short.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { ROOT } from "./layers.ts";

/** Reads the tree in ARCHITECTURE.md: the description of each entry of the project and of `etl/`. */
async function house() {
  const text = await Deno.readTextFile(`${ROOT}ARCHITECTURE.md`);
  const [, tree = ""] = /## The house\n\n```\n([\s\S]*?)\n```/.exec(text) ?? [];
  const entries = new Map<string, string>();
  let [room, last] = ["", ""];
  for (const line of tree.split("\n")) {
    const [, indent = "", names, note = ""] =
      /^( {0,2})((?:[\w./]+, )*[\w./]+)(?: +(.*))?$/.exec(line) ?? [];
    if (names === undefined) {
      entries.set(last, `${entries.get(last)} ${line.trim()}`);
      continue;
    }
    if (indent === "") room = names.endsWith("/") && note === "" ? names : "";
    for (const name of names.split(", ")) entries.set(last = room + name.replace(room, ""), note);
  }
  return entries;
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  return await Array.fromAsync(Deno.readDir(ROOT + folder));
}

/** Lists the names of all folders at any depth. */
async function foldersUnder(folder: string): Promise<string[]> {
  const folders = (await entriesOf(folder)).filter(({ isDirectory }) => isDirectory);
  const inner = await Promise.all(folders.map(({ name }) => foldersUnder(`${folder}/${name}`)));
  return [...folders.map(({ name }) => name), ...inner.flat()];
}

Deno.test("the tree in ARCHITECTURE.md lists all folders and the files of etl/", async () => {
  const entries = await house();
  const named = (prefix: string) =>
    [...entries.keys()].filter((name) => name.startsWith(prefix) && name !== prefix)
      .map((name) => name.slice(prefix.length)).sort();
  const rooms = (await entriesOf("etl")).map(({ name, isDirectory }) =>
    isDirectory ? `${name}/` : name
  ).sort();
  assertEquals(named("etl/"), rooms);
  assert(rooms.length <= 15, `etl/ has ${rooms.length} entries`);
  const top = (await entriesOf("")).filter(({ name, isDirectory }) =>
    isDirectory && !name.startsWith(".") && name !== "coverage"
  ).map(({ name }) => `${name}/`).sort();
  const folders = [...entries.keys()].map((name) => `${name.split("/")[0]}/`);
  assertEquals(top.filter((name) => !folders.includes(name)), []);
});

Deno.test("ARCHITECTURE.md names every folder inside a room, and every named folder exists", async () => {
  for (const [name, text] of await house()) {
    if (!/^(etl|schema)\/./.test(name) || !name.endsWith("/")) continue;
    const direct = (await entriesOf(name)).filter(({ isDirectory }) => isDirectory)
      .map((entry) => entry.name);
    const named = [...text.matchAll(/\b([a-z_]+)\/(?=[\s,;.]|$)/g)].map(([, folder]) => folder!);
    const all = await foldersUnder(name.replace(/\/$/, ""));
    assertEquals([name, direct.filter((folder) => !named.includes(folder))], [name, []]);
    assertEquals([name, named.filter((folder) => !all.includes(folder))], [name, []]);
  }
});

/** Returns the number of lines and the place of each function. */
function functionLines(path: string, text: string): [number, string][] {
  const lengths: [number, string][] = [];
  const measure = ({ range: [from, to] }: { readonly range: Deno.lint.Range }) => {
    const at = text.slice(0, from).split("\n").length;
    lengths.push([text.slice(from, to).split("\n").length, `${path}:${at}`]);
  };
  Deno.lint.runPlugin(
    {
      name: "lengths",
      rules: {
        lines: {
          create: () => ({
            FunctionDeclaration: measure,
            FunctionExpression: measure,
            ArrowFunctionExpression: measure,
          }),
        },
      },
    },
    path,
    text,
  );
  return lengths;
}

Deno.test("nine of ten functions have at most 20 lines, and none has more than 80", async () => {
  assertEquals(functionLines("a.ts", "function a() {\n  return [].map((x) => x);\n}\n"), [
    [3, "a.ts:1"],
    [1, "a.ts:2"],
  ]);
  const lengths: [number, string][] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const { name, isDirectory } of await entriesOf(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) await visit(path);
      else if (/(?<!\.d)\.ts$/.test(name)) {
        lengths.push(...functionLines(path, await Deno.readTextFile(ROOT + path)));
      }
    }
  };
  for (const folder of ["schema", "etl"]) await visit(folder);
  lengths.sort(([a], [b]) => a - b);
  const [p90] = lengths[Math.floor(lengths.length * 0.9)]!;
  assert(p90 <= 20, `p90 is ${p90} lines`);
  assertEquals(lengths.filter(([lines]) => lines > 80), []);
});
