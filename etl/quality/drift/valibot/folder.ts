import { plural } from "../../../common/counts.ts";
import { readFolder } from "../../../common/missing.ts";
import { UsageError } from "../../../common/errors.ts";
import type { NextStep } from "../../../common/next_step.ts";
import {
  type Catalog,
  type Database,
  readCatalog,
  requireVisible,
} from "../../../load/database/mod.ts";
import { onDisk } from "../../../load/dataset/mod.ts";
import type { Comparison } from "../database.ts";
import { differ, type Difference, NOTHING } from "../difference.ts";
import { HEADER, modulesOf } from "./module.ts";

/** Removes characters that a formatter may change. */
function compact(code: string): string {
  return code.replace(/\s+/g, "").replace(/,(?=[)\]}])/g, "");
}

function entriesOf(text: string): Map<string, string> {
  const body = /v\.strictObject\(\{\n([^]*?)\n\}\);/.exec(text)?.[1] ?? "";
  const entries = new Map<string, string>();
  let name: string | undefined;
  for (const line of body.split("\n")) {
    const [, key, rest = ""] =
      /^ {2}("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'/)\]}:][^\s:]*): ?(.*)$/.exec(line) ??
        [];
    if (key !== undefined) entries.set(name = key, rest);
    else if (name !== undefined && !/^ {2}\/\*\*/.test(line)) {
      entries.set(name, `${entries.get(name)} ${line.trim()}`);
    }
  }
  return new Map([...entries].map(([key, code]) => [key, code.replace(/,$/, "")]));
}

function compareModule(
  table: string,
  { old, now, next }: { old: string; now: string; next: string | NextStep },
): Difference[] {
  if (compact(old) === compact(now)) return [];
  const [before, after] = [entriesOf(old), entriesOf(now)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differences = names.flatMap((name): Difference[] => {
    const [expected, found] = [before.get(name), after.get(name)];
    if (compact(expected ?? "") === compact(found ?? "")) return [];
    const kind = expected === undefined
      ? "added_column"
      : found === undefined
      ? "missing_column"
      : "retyped_column";
    const texts = { expected: expected ?? NOTHING, found: found ?? NOTHING };
    return [differ(kind, `${table}.${name}`, { ...texts, next })];
  });
  if (differences.length > 0) return differences;
  const texts = { expected: "the comments of the module", found: "other comments" };
  return [differ("comment", table, { ...texts, next })];
}

/** Reads the modules by name; those that were not generated are `undefined`. */
async function readModules(folder: string): Promise<Map<string, string | undefined>> {
  const modules = new Map<string, string | undefined>();
  for (const { name, isFile } of await readFolder(folder)) {
    if (!isFile || !name.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(`${folder}/${name}`);
    modules.set(name, text.startsWith(HEADER) ? text : undefined);
  }
  return modules;
}

function notesOf({ schema, otherSchemas }: Catalog): string[] {
  if (otherSchemas.length === 0) return [];
  return [
    `Only the tables of schema ${schema} are covered. For those of ${otherSchemas.join(" or ")}, ` +
    "connect as a user whose search_path begins with that schema",
  ];
}

type Modules = ReturnType<typeof modulesOf>;

async function write(folder: string, modules: Modules, stale: readonly string[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, { text }] of modules) {
    // A compiler that runs meanwhile sees either the old or the new module.
    await Deno.writeTextFile(`${folder}/.${name}.part`, text);
    await Deno.rename(`${folder}/.${name}.part`, `${folder}/${name}`);
  }
  for (const name of stale) await Deno.remove(`${folder}/${name}`);
}

/** Compares modules; `update` also writes them, but never over a module that was not generated. */
export async function compareModules(
  database: Database,
  { folder, update }: { folder: string; update: boolean },
): Promise<Comparison> {
  await requireVisible(database);
  const catalog = await readCatalog(database);
  const modules = modulesOf(catalog);
  const there = await readModules(folder);
  const foreign = [...modules.keys()].find((name) => there.has(name) && !there.get(name));
  if (foreign !== undefined) {
    throw new UsageError(`Cannot replace ${folder}/${foreign}: this command did not make it`, {
      step: "drift",
      next: { code: "modules_of_others" },
    });
  }
  const next = (name: string) =>
    update ? `Written: ${folder}/${name}` : { code: "modules_stale", folder } as const;
  const differences = [...modules].flatMap(([name, { table, text }]): Difference[] => {
    const old = there.get(name);
    if (old !== undefined) return compareModule(table, { old, now: text, next: next(name) });
    const found = `a table of ${plural(entriesOf(text).size, "column")}`;
    return [differ("added_table", table, { found, next: next(name) })];
  });
  const stale = [...there].flatMap(([name, text]) => text && !modules.has(name) ? [name] : []);
  const gone = stale.map((name) =>
    differ("missing_table", name.replace(/\.ts$/, ""), {
      expected: `a table, for ${folder}/${name}`,
      next: update ? `Removed: ${folder}/${name}` : next(name),
    })
  );
  if (update) await onDisk(folder, () => write(folder, modules, stale));
  return { differences: [...differences, ...gone], notes: notesOf(catalog) };
}
